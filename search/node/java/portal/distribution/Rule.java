package portal.distribution;

/** One line {@code from => to} of a mapping or of a type table, with the escapes of {@link Escapes}. */
record Rule(String from, String to) {
    static Rule parse(String line) {
        int arrow = line.lastIndexOf("=>");
        if (arrow < 0) {
            throw new IllegalArgumentException("Invalid Mapping Rule : [" + line + "]");
        }
        return new Rule(
            Escapes.decode(line.substring(0, arrow).trim()),
            Escapes.decode(line.substring(arrow + "=>".length()).trim())
        );
    }
}
