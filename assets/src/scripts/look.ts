// Colours and type of the charts, taken from the style sheet so that they are said once.
const styles = getComputedStyle(document.documentElement);

/** The value of a custom property of the style sheet. */
export const token = (name: string): string => styles.getPropertyValue(name).trim();

/** Type of axes and labels. */
export const text = (size = 13, colour = "--ink-2") => ({
  fontFamily: token("--font-head"),
  fontSize: size,
  color: token(colour),
});

/** A tooltip drawn inside the picture: markup with style attributes would be refused by the policy of the page. */
export const tooltip = {
  renderMode: "richText" as const,
  confine: true,
  backgroundColor: token("--white"),
  borderColor: token("--line-2"),
  padding: 10,
  textStyle: { ...text(13, "--ink"), lineHeight: 21 },
};
