using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Host.Clustering.Sealing;
using Plumbline.Host.Clustering.Trust;
using Plumbline.Host.Configuration;

namespace Plumbline.Host.Clustering.Joining;

/// <summary>What has to be the same on all nodes: else one would refuse what another takes, look for traces where another does not keep them, or seal what
/// another cannot open. Written to the storage by each node, for those that join: it holds no secret.</summary>
internal sealed record SharedSettings
{
    /// <summary>Settings by their names. One that only a newer version knows is compared among nodes of that version.</summary>
    public ImmutableSortedDictionary<string, string> Values { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Whose certificate the node shows, and whose it takes.</summary>
    public required SharedKey Authority { get; init; }

    /// <summary>What the node seals secrets with, and what it opens.</summary>
    public required SharedKey MasterKey { get; init; }

    public static SharedSettings Of(ServerOptions options, NodeTrust trust)
    {
        var masters = new MasterKeys(options.Cluster.MasterKeys);
        return new()
        {
            Values = options.Limits.All().Concat(Others(options)).ToImmutableSortedDictionary(StringComparer.Ordinal),
            Authority = new(trust.Fingerprint, [.. trust.Accepted]),
            MasterKey = new(masters.Current.Id, [.. masters.Ids]),
        };
    }

    /// <summary>What is different at another node, as sentences without the last sign.</summary>
    public IEnumerable<string> DifferencesTo(SharedSettings other)
    {
        if (!Authority.GoesWith(other.Authority)) yield return "--cluster-secret or --cluster-certificate is another";
        if (!MasterKey.GoesWith(other.MasterKey)) yield return "the first of --master-keys is not among those of both";
        foreach (var (name, value) in Values)
        {
            if (other.Values.TryGetValue(name, out var there) && there != value) yield return $"{name} is {value} here and {there} there";
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Others(ServerOptions options)
    {
        static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
        yield return new("PLUMBLINE_PUBLIC_URL", options.Reach.PublicUrl?.ToString() ?? "none");
        yield return new("PLUMBLINE_INSECURE_HTTP", $"{options.Reach.InsecureHttp}");
        yield return new("PLUMBLINE_PRIVATE_PROVIDERS", $"{options.PrivateProviders}");
        yield return new("PLUMBLINE_INTROSPECTION", options.GraphQL.Introspection.ToString());
        yield return new("PLUMBLINE_GRAPHQL_REQUESTS_PER_MINUTE", Number(options.GraphQL.RequestsPerMinute));
        yield return new("PLUMBLINE_GRAPHQL_COST_PER_MINUTE", Number(options.GraphQL.CostPerMinute));
        yield return new("PLUMBLINE_GRAPHQL_CONCURRENT_REQUESTS", Number(options.GraphQL.ConcurrentRequests));
        yield return new("PLUMBLINE_GRAPHQL_ANONYMOUS_REQUESTS_PER_MINUTE", Number(options.GraphQL.AnonymousRequestsPerMinute));
    }
}

/// <summary>A key that nodes have in common, by names that give nothing away.</summary>
/// <param name="Used">What the node uses.</param>
/// <param name="Accepted">What it accepts from others.</param>
internal sealed record SharedKey(string Used, ImmutableArray<string> Accepted)
{
    /// <summary>Each accepts what the other uses: so keys are changed one node after another.</summary>
    public bool GoesWith(SharedKey other) => Accepted.Contains(other.Used) && other.Accepted.Contains(Used);
}
