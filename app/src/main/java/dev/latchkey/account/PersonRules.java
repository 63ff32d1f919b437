package dev.latchkey.account;

import dev.latchkey.error.Fields;

/** The rules for the fields that describe a person. */
final class PersonRules {
    private static final int MAX_DISPLAY_NAME = 100;

    private PersonRules() {}

    /** The form as it is stored; what is wrong with it is added to {@code fields}. The password is not judged here. */
    static PersonForm read(Fields fields, PersonForm form) {
        PersonForm person = readWithoutPassword(fields, form);
        fields.required("password", form.password());
        return person;
    }

    /** As {@link #read}, for an account that may do without a password. */
    static PersonForm readWithoutPassword(Fields fields, PersonForm form) {
        String username = Usernames.read(fields, "username", form.username());
        String displayName = displayName(fields, form.displayName());
        String email = fields.email("email", form.email());
        return new PersonForm(username, form.password(), displayName == null ? username : displayName, email);
    }

    static String displayName(Fields fields, String value) {
        return fields.line("display_name", value, MAX_DISPLAY_NAME);
    }
}
