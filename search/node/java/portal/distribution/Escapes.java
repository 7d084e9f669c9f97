package portal.distribution;

/** Characters written with a backslash in analysis settings. */
final class Escapes {
    private Escapes() {}

    /** The text with the escapes for n, t, r, b, f, the backslash itself and u with four digits decoded. */
    static String decode(String text) {
        StringBuilder decoded = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character != '\\') {
                decoded.append(character);
                continue;
            }
            if (++at == text.length()) {
                throw new IllegalArgumentException("Invalid escaped char in [" + text + "]");
            }
            char escaped = text.charAt(at);
            if (escaped != 'u') {
                decoded.append(single(escaped));
                continue;
            }
            if (at + 4 >= text.length()) {
                throw new IllegalArgumentException("Invalid escaped char in [" + text + "]");
            }
            decoded.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
            at += 4;
        }
        return decoded.toString();
    }

    private static char single(char escaped) {
        return switch (escaped) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> escaped;
        };
    }
}
