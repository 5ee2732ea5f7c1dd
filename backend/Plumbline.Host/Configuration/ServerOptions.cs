using System.Collections;
using Plumbline.Features.Access.SignIn;

namespace Plumbline.Host.Configuration;

/// <summary>How this server runs: what the command line and the environment say. The command line wins.</summary>
internal sealed record ServerOptions
{
    /// <summary>The port of the web application, GraphQL and OTLP over HTTP; 0 takes a free one.</summary>
    public int Port { get; init; } = 5080;

    /// <summary>The port of OTLP over gRPC; 0 takes a free one.</summary>
    public int OtlpGrpcPort { get; init; } = 4317;

    /// <summary>The port that senders of OTLP over HTTP look for by default, listened to besides <see cref="Port"/> when no other program
    /// has it; 0 leaves it out.</summary>
    public int OtlpHttpPort { get; init; } = 4318;

    /// <summary>The folder that holds everything, unless the server is one node of several.</summary>
    public string Data { get; init; } = "data";

    /// <summary>Whether the server is one node of several.</summary>
    public ClusterSettings Cluster { get; init; } = new();

    /// <summary>Whether other machines can connect.</summary>
    public ListenOn Listen { get; init; } = ListenOn.Loopback;

    /// <summary>How others reach the server.</summary>
    public ReachOptions Reach { get; init; } = new();

    /// <summary>Whether model providers may be at addresses of the server's own machine and network, such as a model server on localhost.</summary>
    public PrivateProviders PrivateProviders { get; init; } = PrivateProviders.Refuse;

    /// <summary>Who may read <c>/metrics</c>; unless it is said, nobody where other machines can connect.</summary>
    public MetricsAudience Metrics { get; init; } = MetricsAudience.Loopback;

    /// <summary>What the server tells about its own work besides.</summary>
    public TelemetryOptions Telemetry { get; init; } = new();

    /// <summary>What callers of the GraphQL API may ask for, and how much.</summary>
    public GraphQLOptions GraphQL { get; init; } = new();

    /// <summary>Limits of the slices that were set.</summary>
    public SliceLimits Limits { get; init; } = SliceLimits.Defaults;

    /// <summary>What an unattended install asks for.</summary>
    public FirstRunSettings FirstRun { get; init; } = new(null, null, null, null, null);

    /// <summary>Reads all settings and lists everything that is wrong with them.</summary>
    public static ReadServerOptions Read(IReadOnlyList<string> arguments, IDictionary environment)
    {
        var settings = new SettingReader(arguments, environment);
        var listen = settings.OneOf("--listen", "PLUMBLINE_LISTEN", ListenOn.Loopback);
        var telemetry = TelemetryOptions.Read(settings, environment);
        var metrics = settings.OneOf("--metrics", "PLUMBLINE_METRICS", listen == ListenOn.Any ? MetricsAudience.Off : MetricsAudience.Loopback);
        var options = new ServerOptions
        {
            Port = settings.Port("--port", "PLUMBLINE_PORT", 5080),
            OtlpGrpcPort = settings.Port("--otlp-grpc-port", "PLUMBLINE_OTLP_GRPC_PORT", 4317),
            OtlpHttpPort = settings.Port("--otlp-http-port", "PLUMBLINE_OTLP_HTTP_PORT", 4318, zero: "off"),
            Data = settings.Text("--data", "PLUMBLINE_DATA") ?? "data",
            Cluster = ClusterSettings.Read(settings),
            Listen = listen,
            Reach = ReachOptions.Read(settings),
            PrivateProviders = settings.OneOf("--private-providers", "PLUMBLINE_PRIVATE_PROVIDERS", PrivateProviders.Refuse),
            Metrics = telemetry.IsDisabled ? MetricsAudience.Off : metrics,
            Telemetry = telemetry,
            GraphQL = ReadGraphQL(settings),
            Limits = SliceLimits.Read(environment, settings.Problems),
            FirstRun = new FirstRunSettings(
                settings.Text(null, "PLUMBLINE_INIT_ORGANIZATION"),
                settings.Text(null, "PLUMBLINE_INIT_PROJECT"),
                settings.Text(null, "PLUMBLINE_INIT_API_KEY"),
                settings.Text(null, "PLUMBLINE_INIT_OWNER_EMAIL"),
                settings.Text(null, "PLUMBLINE_INIT_OWNER_PASSWORD")),
        };
        settings.RefuseUnknownArguments();
        var problems = settings.Problems.Concat(ServerOptionsRules.Problems(options)).ToArray();
        return new ReadServerOptions(options, problems);
    }

    private static GraphQLOptions ReadGraphQL(SettingReader settings)
    {
        var defaults = new GraphQLOptions();
        return defaults with
        {
            RequestsPerMinute = settings.Count("--graphql-requests-per-minute", "PLUMBLINE_GRAPHQL_REQUESTS_PER_MINUTE", defaults.RequestsPerMinute),
            CostPerMinute = settings.Count("--graphql-cost-per-minute", "PLUMBLINE_GRAPHQL_COST_PER_MINUTE", defaults.CostPerMinute),
            ConcurrentRequests = settings.Count("--graphql-concurrent-requests", "PLUMBLINE_GRAPHQL_CONCURRENT_REQUESTS", defaults.ConcurrentRequests),
            AnonymousRequestsPerMinute =
                settings.Count(
                    "--graphql-anonymous-requests-per-minute", "PLUMBLINE_GRAPHQL_ANONYMOUS_REQUESTS_PER_MINUTE",
                    defaults.AnonymousRequestsPerMinute),
            Introspection = settings.Parsed(
                "--introspection", "PLUMBLINE_INTROSPECTION", defaults.Introspection, IntrospectionAudience.Parse,
                IntrospectionAudience.Allowed)!,
        };
    }
}

/// <summary>The settings, and sentences about what is wrong with them.</summary>
internal sealed record ReadServerOptions(ServerOptions Options, IReadOnlyList<string> Problems);

/// <summary>Which network interfaces the server listens on.</summary>
internal enum ListenOn
{
    Loopback,
    Any,
}

/// <summary>What is done with a provider's address that leads into the server's own network.</summary>
internal enum PrivateProviders
{
    Refuse,
    Allow,
}
