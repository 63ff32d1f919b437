package dev.latchkey.account;

import dev.latchkey.error.Fields;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The fields about a person that they keep themselves; all but the first may be null. */
record Profile(String displayName, String email, String phone, String jobTitle, String timezone) {
    private static final int MAX_PHONE = 40;
    private static final int MAX_JOB_TITLE = 100;
    private static final int MAX_TIMEZONE = 64;

    static Profile of(User user) {
        return new Profile(user.displayName(), user.email(), user.phone(), user.jobTitle(), user.timezone());
    }

    /** The change with its values in stored shape. @throws dev.latchkey.error.Problem {@code invalid_fields} */
    static ProfileChange checked(ProfileChange change) {
        Fields fields = new Fields();
        ProfileChange checked = new ProfileChange(
                read(change.displayName(), value -> PersonRules.displayName(fields, value)),
                read(change.email(), value -> fields.email("email", value)),
                read(change.phone(), value -> fields.line("phone", value, MAX_PHONE)),
                read(change.jobTitle(), value -> fields.line("job_title", value, MAX_JOB_TITLE)),
                read(change.timezone(), value -> timezone(fields, value)),
                change.currentPassword());
        fields.throwIfAny();
        return checked;
    }

    private static Optional<String> read(Optional<String> value, java.util.function.UnaryOperator<String> reader) {
        return value == null ? null : value.map(reader);
    }

    private static String timezone(Fields fields, String value) {
        String zone = fields.line("timezone", value, MAX_TIMEZONE);
        fields.check(
                zone == null || ZoneId.getAvailableZoneIds().contains(zone),
                "timezone",
                "must be a name of the IANA time zone database, such as Europe/London");
        return zone;
    }

    /** This profile after a checked change; who clears the display name goes by {@code username}. */
    Profile with(ProfileChange change, String username) {
        return new Profile(
                Objects.requireNonNullElse(merged(change.displayName(), displayName), username),
                merged(change.email(), email),
                merged(change.phone(), phone),
                merged(change.jobTitle(), jobTitle),
                merged(change.timezone(), timezone));
    }

    private static String merged(Optional<String> change, String current) {
        return change == null ? current : change.orElse(null);
    }

    /** The names of the fields in which {@code other} differs. */
    List<String> differences(Profile other) {
        List<String> names = new ArrayList<>();
        add(names, "display_name", displayName, other.displayName);
        add(names, "email", email, other.email);
        add(names, "phone", phone, other.phone);
        add(names, "job_title", jobTitle, other.jobTitle);
        add(names, "timezone", timezone, other.timezone);
        return names;
    }

    private static void add(List<String> names, String name, String one, String other) {
        if (!Objects.equals(one, other)) {
            names.add(name);
        }
    }

    @Override
    public String toString() {
        return "Profile[…]";
    }
}
