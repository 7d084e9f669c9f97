package portal.distribution;

import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

import org.elasticsearch.common.settings.Settings;

/** Classes of characters, by the names that settings of tokenizers use; a predicate takes a code point. */
final class CharacterClasses {
    private CharacterClasses() {}

    /** The class called {@code name}. */
    static IntPredicate named(String name) {
        return switch (name) {
            case "letter" -> Character::isLetter;
            case "digit" -> Character::isDigit;
            case "whitespace" -> Character::isWhitespace;
            case "punctuation" -> CharacterClasses::isPunctuation;
            case "symbol" -> CharacterClasses::isSymbol;
            default -> throw new IllegalArgumentException("Unknown token type: '" + name + "'");
        };
    }

    /** What {@code token_chars} and {@code custom_token_chars} keep together; everything when neither is given. */
    static IntPredicate tokenChars(Settings settings) {
        List<String> names = settings.getAsList("token_chars");
        if (names.isEmpty()) {
            return character -> true;
        }
        return names.stream()
            .map(name -> name.toLowerCase(Locale.ROOT).trim())
            .map(name -> name.equals("custom") ? custom(settings) : named(name))
            .reduce(IntPredicate::or)
            .orElseThrow();
    }

    private static IntPredicate custom(Settings settings) {
        String characters = settings.get("custom_token_chars");
        if (characters == null) {
            throw new IllegalArgumentException("Token type: 'custom' requires setting `custom_token_chars`");
        }
        return character -> characters.indexOf(character) >= 0;
    }

    private static boolean isPunctuation(int character) {
        return switch (Character.getType(character)) {
            case Character.START_PUNCTUATION, Character.END_PUNCTUATION, Character.OTHER_PUNCTUATION,
                Character.CONNECTOR_PUNCTUATION, Character.DASH_PUNCTUATION, Character.INITIAL_QUOTE_PUNCTUATION,
                Character.FINAL_QUOTE_PUNCTUATION -> true;
            default -> false;
        };
    }

    private static boolean isSymbol(int character) {
        return switch (Character.getType(character)) {
            case Character.CURRENCY_SYMBOL, Character.MATH_SYMBOL, Character.OTHER_SYMBOL,
                Character.MODIFIER_SYMBOL -> true;
            default -> false;
        };
    }
}
