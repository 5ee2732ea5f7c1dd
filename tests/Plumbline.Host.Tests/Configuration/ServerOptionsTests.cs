using System.Collections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plumbline.Contracts.Access;
using Plumbline.Features.Reviews;
using Plumbline.Features.Traces;
using Plumbline.Host.Configuration;
using Plumbline.TraceStore;

namespace Plumbline.Host.Tests.Configuration;

public sealed class ServerOptionsTests
{
    private const string Key = "pl_0123456789abcdefghijklmnopqrstuvwxyz";

    [Fact]
    public void Read_Nothing_GivesTheDefaults()
    {
        var read = ServerOptions.Read([], new Hashtable());
        Assert.Empty(read.Problems);
        Assert.Equal(4318, read.Options.OtlpHttpPort);
        Assert.Equal(
            (5080, 4317, "data", ListenOn.Loopback, true),
            (read.Options.Port, read.Options.OtlpGrpcPort, read.Options.Data, read.Options.Listen, read.Options.FirstRun.IsEmpty));
    }

    [Fact]
    public void Read_CommandLine_WinsOverEnvironment()
    {
        var environment = new Hashtable { ["PLUMBLINE_PORT"] = "1000", ["PLUMBLINE_DATA"] = "/from/environment", ["PLUMBLINE_OTLP_GRPC_PORT"] = "2000" };
        var read = ServerOptions.Read(["--port", "3000", "--data=/from/arguments"], environment);
        Assert.Empty(read.Problems);
        Assert.Equal((3000, "/from/arguments", 2000), (read.Options.Port, read.Options.Data, read.Options.OtlpGrpcPort));
    }

    [Fact]
    public void Read_OneOtlpPortForBothTransports_IsRefused()
    {
        Assert.Contains(
            "they need two different ports", Assert.Single(ServerOptions.Read(["--otlp-grpc-port", "4318"], new Hashtable()).Problems),
            StringComparison.Ordinal);
        Assert.Empty(ServerOptions.Read(["--otlp-grpc-port", "4318", "--otlp-http-port", "0"], new Hashtable()).Problems);
    }

    [Fact]
    public void Read_EmptyVariables_AreAbsent()
    {
        var read = ServerOptions.Read([], new Hashtable { ["PLUMBLINE_INIT_API_KEY"] = "", ["PLUMBLINE_PORT"] = " " });
        Assert.Empty(read.Problems);
        Assert.Null(read.Options.FirstRun.ApiKey);
    }

    [Fact]
    public void Read_SeveralMistakes_NamesThemAll()
    {
        var read = ServerOptions.Read(["--port", "99999", "--otlp-grpc-port", "x", "--colour", "red", "--listen", "mars"], new Hashtable());
        Assert.Contains(read.Problems, p => p.Contains("--port (PLUMBLINE_PORT) is '99999'; allowed are", StringComparison.Ordinal));
        Assert.Contains(read.Problems, p => p.Contains("--otlp-grpc-port (PLUMBLINE_OTLP_GRPC_PORT) is 'x'", StringComparison.Ordinal));
        Assert.Contains(read.Problems, p => p.Contains("--listen (PLUMBLINE_LISTEN) is 'mars'; allowed are loopback, any", StringComparison.Ordinal));
        Assert.Contains(read.Problems, p => p.Contains("--colour is not a known option", StringComparison.Ordinal));
        Assert.Equal(4, read.Problems.Count);
    }

    [Theory]
    [InlineData("--port")]
    [InlineData("--port", "--data", "x")]
    public void Read_OptionWithoutValue_SaysSo(params string[] arguments) =>
        Assert.Contains("--port has no value", Assert.Single(ServerOptions.Read(arguments, new Hashtable()).Problems), StringComparison.Ordinal);

    [Fact]
    public void Read_LimitsOfSlices_ReachTheirOptions()
    {
        var read = ServerOptions.Read([], new Hashtable
        {
            ["PLUMBLINE_TRACES__OTLP__MAX_SPANS"] = "7",
            ["PLUMBLINE_TRACES__STORE__SEAL_AGE"] = "00:00:30",
            ["plumbline_traces__max_request_bytes"] = "1000",
            ["PLUMBLINE_REVIEWS__MAX_ITEMS"] = "5",
            ["PLUMBLINE_TRACES__STORE__CACHE_BYTES"] = " ",
        });
        Assert.Empty(read.Problems);
        var services = new ServiceCollection();
        services.AddOptions<TracesOptions>();
        read.Options.Limits.Apply(services);
        using var provider = services.BuildServiceProvider();
        var traces = provider.GetRequiredService<IOptions<TracesOptions>>().Value;
        Assert.Equal(
            (7, TimeSpan.FromSeconds(30), 1000, new SpanStoreOptions().CacheBytes),
            (traces.Otlp.MaxSpans, traces.Store.SealAge, traces.MaxRequestBytes, traces.Store.CacheBytes));
        Assert.Equal(5, provider.GetRequiredService<IOptions<ReviewsOptions>>().Value.MaxItems);
    }

    [Theory]
    [InlineData("PLUMBLINE_TRACES__OTLP__MAX_SPANS", "many", "is 'many'; allowed are whole numbers from 1 to 2147483647")]
    [InlineData("PLUMBLINE_TRACES__SHARDS_PER_PROJECT", "0", "is '0'; allowed are whole numbers from 1 to 256")]
    [InlineData("PLUMBLINE_TRACES__WAKE_PERIOD", "00:00:30", "is '00:00:30'; allowed are times from 00:01:00 to 30.00:00:00")]
    [InlineData("PLUMBLINE_TRACES__OTLP__MAX_SPANS", "-1", "allowed are whole numbers")]
    [InlineData("PLUMBLINE_TRACES__STORE__SEAL_AGE", "5", "allowed are times such as 00:05:00")]
    [InlineData("PLUMBLINE_TRACES__STORE__SEAL_SPANS", "0", "SealSpans is 0; at least 1 is needed")]
    [InlineData("PLUMBLINE_TRACES__STORE__SEAL_AGE", "300.00:00:00", "SealAge is 300.00:00:00; it must be from 00:00:01 to 30.00:00:00.")]
    [InlineData("PLUMBLINE_TRACES__OTLP__SPANS", "1",
        "is not a known limit; there are PLUMBLINE_TRACES__SHARDS_PER_PROJECT, PLUMBLINE_TRACES__OTLP__MAX_BODY_BYTES")]
    [InlineData("PLUMBLINE_MOON__PHASE", "full", "is not a known limit; there are PLUMBLINE_ACCESS__")]
    public void Read_LimitThatCannotBe_SaysWhatIsAllowed(string variable, string text, string said) =>
        Assert.Contains(said, Assert.Single(ServerOptions.Read([], new Hashtable { [variable] = text }).Problems), StringComparison.Ordinal);

    [Fact]
    public void Read_GraphQL_TakesLimitsAndAudience()
    {
        var read = ServerOptions.Read(
            [
                "--graphql-requests-per-minute", "5", "--graphql-cost-per-minute", "60", "--graphql-anonymous-requests-per-minute", "7",
                "--graphql-concurrent-requests", "4", "--introspection", "Key, owner"
            ],
            new Hashtable());
        Assert.Empty(read.Problems);
        Assert.Equal(
            (5, 60, 7, 4, true),
            (
                read.Options.GraphQL.RequestsPerMinute, read.Options.GraphQL.CostPerMinute, read.Options.GraphQL.AnonymousRequestsPerMinute,
                read.Options.GraphQL.ConcurrentRequests, read.Options.GraphQL.Introspection.Keys));
        Assert.Equal([Role.Owner], read.Options.GraphQL.Introspection.Roles);
    }

    [Theory]
    [InlineData("--graphql-requests-per-minute", "0", "allowed are 1 to")]
    [InlineData("--introspection", "everybody", "allowed are all, none, or a list such as key,owner,developer")]
    [InlineData("--introspection", "3", "allowed are all, none, or a list")]
    [InlineData("--introspection", ",", "allowed are all, none, or a list")]
    public void Read_GraphQLThatCannotBe_SaysWhatIsAllowed(string option, string value, string allowed) =>
        Assert.Contains(allowed, Assert.Single(ServerOptions.Read([option, value], new Hashtable()).Problems), StringComparison.Ordinal);

    [Fact]
    public void Read_SamePortTwice_IsRefused() => Assert.Single(ServerOptions.Read(["--port", "5000", "--otlp-grpc-port", "5000"], new Hashtable()).Problems);

    [Fact]
    public void Read_CompleteFirstRun_IsTaken() => Assert.Empty(ServerOptions.Read([], FirstRun()).Problems);

    [Theory]
    [InlineData("PLUMBLINE_INIT_API_KEY", "secret-value")]
    [InlineData("PLUMBLINE_INIT_API_KEY", "pl_tooshort")]
    [InlineData("PLUMBLINE_INIT_OWNER_EMAIL", "nobody")]
    [InlineData("PLUMBLINE_INIT_OWNER_PASSWORD", "short")]
    [InlineData("PLUMBLINE_INIT_OWNER_PASSWORD", null)]
    [InlineData("PLUMBLINE_INIT_PROJECT", null)]
    public void Read_FirstRunPartThatCannotBe_IsNamedWithoutItsSecret(string variable, string? value)
    {
        var environment = FirstRun();
        if (value is null) environment.Remove(variable);
        else environment[variable] = value;
        var problem = Assert.Single(ServerOptions.Read([], environment).Problems);
        Assert.Contains(variable, problem, StringComparison.Ordinal);
        if (value is not null && variable != "PLUMBLINE_INIT_OWNER_EMAIL") Assert.DoesNotContain(value, problem, StringComparison.Ordinal);
    }

    private static Hashtable FirstRun() => new()
    {
        ["PLUMBLINE_INIT_ORGANIZATION"] = "Acme",
        ["PLUMBLINE_INIT_PROJECT"] = "Main",
        ["PLUMBLINE_INIT_API_KEY"] = Key,
        ["PLUMBLINE_INIT_OWNER_EMAIL"] = "ann@example.com",
        ["PLUMBLINE_INIT_OWNER_PASSWORD"] = "correct horse",
    };
}
