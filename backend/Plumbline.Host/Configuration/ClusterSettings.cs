using System.Net;

namespace Plumbline.Host.Configuration;

/// <summary>Whether the server is one node of several over the same storage, and what it needs for that. Not a record: its text would show secrets.</summary>
internal sealed class ClusterSettings
{
    /// <summary>The most secrets, and the most master keys, that can be given: those before the first are on their way out.</summary>
    public const int MostKeys = 10;

    /// <summary>The fewest characters of a secret, which nothing slows down guessing at.</summary>
    public const int ShortestSecret = 32;

    private const int LongestSecret = 1_000;

    /// <summary>What says whether there is a cluster, and what only a node has a use for.</summary>
    private static readonly (string Option, string Variable)[] NodesOnly =
    [
        ("--cluster", "PLUMBLINE_CLUSTER"), ("--storage", "PLUMBLINE_STORAGE"), ("--cluster-secret", "PLUMBLINE_CLUSTER_SECRET"),
        ("--cluster-certificate", "PLUMBLINE_CLUSTER_CERTIFICATE"), ("--master-keys", "PLUMBLINE_MASTER_KEYS"),
    ];

    /// <summary>What the nodes share; <see cref="ClusterKind.Off"/> for a server that runs alone.</summary>
    public ClusterKind Kind { get; init; } = ClusterKind.Off;

    /// <summary>The storage account that all nodes share.</summary>
    public StorageAccount? Storage { get; init; }

    /// <summary>The name of the cluster, which is that of its container of blobs, too: several may share an account.</summary>
    public string Id { get; init; } = "plumbline";

    /// <summary>The port for the other nodes.</summary>
    public int SiloPort { get; init; } = 11_111;

    /// <summary>The address at which the other nodes reach this one; null for this machine's only one.</summary>
    public IPAddress? AdvertisedAddress { get; init; }

    /// <summary>What the nodes know each other by; the first is used, the others are accepted besides. Empty where a certificate is given.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>A PKCS #12 file with this node's certificate, its key, and the authority that all nodes have theirs from.</summary>
    public string? Certificate { get; init; }

    public string? CertificatePassword { get; init; }

    /// <summary>The keys that seal secrets in the storage; the first seals, all open.</summary>
    public IReadOnlyList<byte[]> MasterKeys { get; init; } = [];

    /// <summary>Which of the settings that only nodes have a use for were given, and whether that was, whether or not they can be used.</summary>
    public IReadOnlyList<string> Given { get; private init; } = [];

    public bool IsOn => Kind != ClusterKind.Off;

    public bool Gave(string setting) => Given.Contains(setting, StringComparer.Ordinal);

    public static ClusterSettings Read(SettingReader settings)
    {
        var defaults = new ClusterSettings();
        return new()
        {
            Kind = settings.OneOf("--cluster", "PLUMBLINE_CLUSTER", defaults.Kind),
            Storage = settings.Secret("--storage", "PLUMBLINE_STORAGE", StorageAccount.Parse, StorageAccount.Allowed),
            Id = settings.Parsed("--cluster-id", "PLUMBLINE_CLUSTER_ID", defaults.Id, ParseId, "3 to 63 lower-case letters, digits and single hyphens within")!,
            SiloPort = settings.Count("--silo-port", "PLUMBLINE_SILO_PORT", defaults.SiloPort, 65_535),
            AdvertisedAddress = settings.Parsed<IPAddress>(
                "--advertised-address", "PLUMBLINE_ADVERTISED_ADDRESS", null, ParseAddress, "addresses of one machine, such as 10.0.0.7"),
            Secrets = settings.Secret(
                "--cluster-secret", "PLUMBLINE_CLUSTER_SECRET", ParseSecrets,
                $"1 to {MostKeys} texts of {ShortestSecret} to {LongestSecret} characters without blanks, separated by commas") ?? [],
            Certificate = settings.Text("--cluster-certificate", "PLUMBLINE_CLUSTER_CERTIFICATE"),
            CertificatePassword = settings.Secret(null, "PLUMBLINE_CLUSTER_CERTIFICATE_PASSWORD", text => text, "any text"),
            MasterKeys = settings.Secret(
                "--master-keys", "PLUMBLINE_MASTER_KEYS", ParseKeys, $"1 to {MostKeys} keys of 32 bytes as base64, separated by commas") ?? [],
            Given = [.. NodesOnly.Where(n => settings.Text(n.Option, n.Variable) is not null).Select(n => n.Option)],
        };
    }

    private static string? ParseId(string text) =>
        text.Length is >= 3 and <= 63 && !text.StartsWith('-') && !text.EndsWith('-') && !text.Contains("--", StringComparison.Ordinal)
            && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? text
            : null;

    private static IPAddress? ParseAddress(string text) =>
        IPAddress.TryParse(text.Trim(), out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any) ? address : null;

    private static string[]? ParseSecrets(string text)
    {
        var secrets = text.Split(',', StringSplitOptions.TrimEntries);
        return secrets.Length <= MostKeys && Array.TrueForAll(secrets, IsSecret) ? secrets : null;
    }

    private static bool IsSecret(string text) => text.Length is >= ShortestSecret and <= LongestSecret && !text.Any(char.IsWhiteSpace);

    private static byte[][]? ParseKeys(string text)
    {
        var keys = text.Split(',', StringSplitOptions.TrimEntries);
        var read = new byte[keys.Length][];
        for (var i = 0; i < keys.Length; i++)
        {
            read[i] = new byte[32];
            if (!Convert.TryFromBase64String(keys[i], read[i], out var length) || length != 32) return null;
        }
        return read.Length <= MostKeys ? read : null;
    }
}

/// <summary>What the nodes of a cluster share.</summary>
internal enum ClusterKind
{
    /// <summary>The server runs alone.</summary>
    Off,

    /// <summary>A storage account of Azure.</summary>
    Azure,
}
