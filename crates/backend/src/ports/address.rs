//! Which addresses of the network may be reached for a person: public ones only.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address belongs to the public internet: not private, local, shared, reserved,
/// documentation, multicast, nor an IPv6 form that wraps an IPv4 address or a tunnel. The list
/// follows the IANA special-purpose address registries; what is not known to be public is refused.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// Top-level names that exist only inside networks.
const LOCAL: [&str; 14] = [
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "private",
    "corp",
    "home",
    "lan",
    "svc",
    "onion",
    "invalid",
    "arpa",
    "consul",
];

/// Whether a name says by itself that it belongs to a private network: a single label, or one
/// below a name that the public network does not have.
pub fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    match name.rsplit_once('.') {
        None => true,
        Some((_, top)) => LOCAL.contains(&top),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, d] = address.octets();
    // A public address by its number, but a cloud's own service for the machines in it.
    if (a, b, c, d) == (168, 63, 129, 16) {
        return false;
    }
    !matches!(
        (a, b, c),
        (0 | 10 | 127 | 224..=255, _, _)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    )
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let global = (0x2000..=0x3fff).contains(&first);
    let protocol_assignments = first == 0x2001 && second < 0x0200;
    let documentation =
        (first == 0x2001 && second == 0x0db8) || (first == 0x3fff && second < 0x1000);
    let six_to_four = first == 0x2002;
    global && !protocol_assignments && !documentation && !six_to_four
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_local_and_wrapped_addresses_are_refused() {
        for text in [
            "127.0.0.1",
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.168.1.1",
            "192.0.2.1",
            "198.18.0.1",
            "203.0.113.9",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::7f00:1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:0:1::1",
            "2001:db8::1",
            "3fff::1",
            "fe80::1",
            "fec0::1",
            "fd00::1",
            "ff02::1",
            "100::1",
            "5f00::1",
        ] {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn public_addresses_pass() {
        for text in [
            "1.1.1.1",
            "93.184.216.34",
            "2606:4700::1111",
            "2001:4860:4860::8888",
        ] {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn names_of_private_networks_are_known() {
        for name in [
            "localhost",
            "LOCALHOST.",
            "postgres",
            "metadata.google.internal",
            "host.docker.internal",
            "kubernetes.default.svc",
            "printer.local",
        ] {
            assert!(is_local_name(name), "{name}");
        }
        for name in ["jobs.lever.co", "localtest.me", "internal.example"] {
            assert!(!is_local_name(name), "{name}");
        }
    }

    /// The registries' special-purpose blocks that are not globally reachable, written down here a
    /// second time so that a slip in one list shows.
    const SPECIAL: [&str; 38] = [
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "168.63.129.16/32",
        "::/128",
        "::1/128",
        "::/96",
        "::ffff:0:0/96",
        "::ffff:0:0:0/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "100:0:0:1::/64",
        "2001::/32",
        "2001:2::/48",
        "2001:10::/28",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
        "4000::/2",
    ];

    /// An address as 128 bits, IPv4 in a range of its own, with how many of them a prefix fixes.
    fn bits(address: IpAddr) -> (bool, u128, u32) {
        match address {
            IpAddr::V4(address) => (true, u128::from(u32::from(address)), 32),
            IpAddr::V6(address) => (false, u128::from(address), 128),
        }
    }

    fn is_special(address: IpAddr) -> bool {
        let (is_v4, value, width) = bits(address);
        SPECIAL.iter().any(|block| {
            let (start, length) = block.split_once('/').unwrap();
            let (block_is_v4, start, _) = bits(start.parse().unwrap());
            if is_v4 != block_is_v4 {
                return false;
            }
            let free = width - length.parse::<u32>().unwrap();
            value.checked_shr(free).unwrap_or(0) == start.checked_shr(free).unwrap_or(0)
        })
    }

    #[test]
    fn no_special_address_passes_among_many() {
        let mut state: u128 = 0x2545_f491_4f6c_dd1d;
        let mut random = || {
            state ^= state << 25;
            state ^= state >> 54;
            state ^= state << 5;
            state
        };
        let starts: Vec<IpAddr> = SPECIAL
            .iter()
            .map(|block| block.split_once('/').unwrap().0.parse().unwrap())
            .collect();
        let mut passed = 0;
        for round in 0..300_000_usize {
            let noise = random();
            // Half anywhere, half close to the border of a special block.
            let near = starts[round % starts.len()];
            let offset = noise >> 112;
            let address: IpAddr = match (round % 4, near) {
                (0, _) => Ipv4Addr::from(noise as u32).into(),
                (1, _) => Ipv6Addr::from(noise).into(),
                (_, IpAddr::V4(near)) => Ipv4Addr::from(
                    u32::from(near)
                        .wrapping_sub(1_000)
                        .wrapping_add(offset as u32),
                )
                .into(),
                (_, IpAddr::V6(near)) => {
                    let span = noise >> (round % 96);
                    Ipv6Addr::from(u128::from(near).wrapping_add(span)).into()
                }
            };
            if is_public(address) {
                passed += 1;
                assert!(!is_special(address), "{address}");
            }
        }
        assert!(passed > 10_000, "public addresses pass too: {passed}");
    }
}
