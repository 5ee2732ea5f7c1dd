using System.Collections;
using Plumbline.Host.Configuration;

namespace Plumbline.Cluster.Tests;

/// <summary>Settings of nodes.</summary>
internal static class Given
{
    public const string Secret = "0123456789abcdef0123456789abcdef";
    public const string OtherSecret = "fedcba9876543210fedcba9876543210";

    /// <summary>An account that nobody asks anything of.</summary>
    public const string Account =
        "DefaultEndpointsProtocol=https;AccountName=someaccount;AccountKey=c2VjcmV0LWtleQ==;EndpointSuffix=core.windows.net";

    public static string MasterKey { get; } = Convert.ToBase64String(new byte[32]);

    public static string OtherMasterKey { get; } = Convert.ToBase64String([.. Enumerable.Repeat((byte)7, 32)]);

    /// <summary>What a node needs, with some of it changed; null takes a setting out.</summary>
    public static Hashtable Node(params (string Variable, string? Value)[] changes)
    {
        var environment = new Hashtable
        {
            ["PLUMBLINE_CLUSTER"] = "azure",
            ["PLUMBLINE_STORAGE"] = Account,
            ["PLUMBLINE_CLUSTER_SECRET"] = Secret,
            ["PLUMBLINE_MASTER_KEYS"] = MasterKey,
            ["PLUMBLINE_ADVERTISED_ADDRESS"] = "127.0.0.1",
        };
        foreach (var (variable, value) in changes)
        {
            if (value is null) environment.Remove(variable);
            else environment[variable] = value;
        }
        return environment;
    }

    public static ReadServerOptions Read(params (string Variable, string? Value)[] changes) => ServerOptions.Read([], Node(changes));
}
