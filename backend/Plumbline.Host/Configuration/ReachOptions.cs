using System.Net;

namespace Plumbline.Host.Configuration;

/// <summary>How others reach the server: by which names, through which proxies, over TLS or not.</summary>
internal sealed record ReachOptions
{
    /// <summary>The most proxies, and the most names, that can be listed.</summary>
    public const int MostEntries = 100;

    /// <summary>Where browsers find the server, by https; null where that was not said.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Whose word on a client's address and scheme is taken.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Names besides that of <see cref="PublicUrl"/> and those of this machine that a request may be addressed to.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Whether other machines may connect although nothing tells of TLS.</summary>
    public InsecureHttp InsecureHttp { get; init; } = InsecureHttp.Refuse;

    /// <summary>Whether somebody has said who takes care of TLS.</summary>
    public bool HasTlsInFront => PublicUrl is not null || TrustedProxies.Count > 0;

    public static ReachOptions Read(SettingReader settings)
    {
        var defaults = new ReachOptions();
        return new()
        {
            PublicUrl = settings.Parsed<Uri>(
                "--public-url", "PLUMBLINE_PUBLIC_URL", null, ParseUrl, "an https address without a path, such as https://plumbline.example.com"),
            TrustedProxies = settings.Parsed(
                "--trusted-proxies", "PLUMBLINE_TRUSTED_PROXIES", defaults.TrustedProxies, ParseProxies,
                $"1 to {MostEntries} addresses and networks, such as 127.0.0.1,10.0.0.0/8, none of them a network of all addresses")!,
            AllowedHosts = settings.Parsed(
                "--allowed-hosts", "PLUMBLINE_ALLOWED_HOSTS", defaults.AllowedHosts, ParseHosts,
                $"1 to {MostEntries} names without ports, such as plumbline.internal,*.example.com")!,
            InsecureHttp = settings.OneOf("--insecure-http", "PLUMBLINE_INSECURE_HTTP", defaults.InsecureHttp),
        };
    }

    private static Uri? ParseUrl(string text) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0 && url.PathAndQuery == "/"
            && url.Fragment.Length == 0
            ? url
            : null;

    private static IReadOnlyList<IPNetwork>? ParseProxies(string text) => ParseList(text, part =>
        IPAddress.TryParse(part, out var address) ? [new IPNetwork(address, address.GetAddressBytes().Length * 8)]
            : IPNetwork.TryParse(part, out var network) && network.PrefixLength > 0 ? [network]
            : Array.Empty<IPNetwork>());

    private static IReadOnlyList<string>? ParseHosts(string text) => ParseList(text, part =>
        Uri.CheckHostName(part.StartsWith("*.", StringComparison.Ordinal) ? part[2..] : part) == UriHostNameType.Dns ? [part] : Array.Empty<string>());

    /// <summary>Reads a list with commas; null when one part of it is wrong or the list is empty or too long.</summary>
    private static T[]? ParseList<T>(string text, Func<string, T[]> parse)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var values = parts.SelectMany(parse).ToArray();
        return parts.Length is > 0 and <= MostEntries && values.Length == parts.Length ? values : null;
    }
}

/// <summary>What is done when other machines could connect without TLS.</summary>
internal enum InsecureHttp
{
    /// <summary>The server does not start.</summary>
    Refuse,

    /// <summary>Passwords, sessions and content may travel in the clear.</summary>
    Allow,
}
