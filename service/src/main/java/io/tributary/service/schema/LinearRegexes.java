package io.tributary.service.schema;

import com.google.re2j.Pattern;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import io.tributary.json.Regex;

/** Regular expressions of RE2, as filters have them: found anywhere in a string, in time that grows as the string does. */
final class LinearRegexes implements RegularExpressionFactory {

    /** @throws IllegalArgumentException as {@link Regex#compile} */
    @Override
    public RegularExpression getRegularExpression(String regex) {
        Pattern pattern = Regex.compile(regex);
        return text -> pattern.matcher(text).find();
    }
}
