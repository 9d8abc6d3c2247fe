// Parts of a page refresh in place where its markup asks for it (hx-…); without script the same links and forms load the page.
import "htmx.org";
