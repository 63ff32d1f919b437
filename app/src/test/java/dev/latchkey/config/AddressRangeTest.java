package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,10.255.1.2,true",
        "10.0.0.0/8,11.0.0.1,false",
        "192.168.1.128/25,192.168.1.200,true",
        "192.168.1.128/25,192.168.1.100,false",
        "127.0.0.1,127.0.0.1,true",
        "127.0.0.1,127.0.0.2,false",
        "fd00::/8,fd12::1,true",
        "fd00::/8,fe80::1,false",
        "0.0.0.0/0,8.8.8.8,true",
        "0.0.0.0/0,::1,false"
    })
    void a_range_contains_the_addresses_of_its_prefix(String range, String address, boolean contained) {
        assertThat(AddressRange.parse(range)
                        .contains(AddressRange.parseLiteral(address).orElseThrow()))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @CsvSource({"localhost", "example.org", "1.2.3", "1.2.3.4.5", "1.2.3.999", "1234", ":", "fe80::1%eth0", "''"})
    void what_is_not_an_address_is_never_looked_up(String text) {
        assertThat(AddressRange.parseLiteral(text)).isEmpty();
    }
}
