using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts.Access;
using Plumbline.GraphQL;
using Plumbline.GraphQL.RateLimits;
using Plumbline.Host.Api;
using Plumbline.Host.Configuration;
using Plumbline.Host.Health;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Api;

public sealed class GraphQLAdmissionTests
{
    private static readonly GraphQLOptions Options = new()
    {
        RequestsPerMinute = 3,
        CostPerMinute = 100,
        AnonymousRequestsPerMinute = 2,
        MaxRememberedCallers = 10,
    };

    private readonly ManualTimeProvider _clock = new();
    private readonly GraphQLAdmission _admission;

    public GraphQLAdmissionTests() =>
        _admission = new GraphQLAdmission(
            Options, new RateLimiter(_clock, Options.MaxRememberedCallers),
            new LimitMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>()));

    private async Task<(string? Code, IHeaderDictionary Headers)> AskAsync(Caller caller, long cost = 1)
    {
        var http = new DefaultHttpContext();
        var refusal = await _admission.AdmitAsync(http, caller, new OperationCost(cost, 1, "query"));
        return (refusal?.Code, http.Response.Headers);
    }

    private static Caller Key(string hash) => new() { ApiKeyId = "key", CredentialHash = hash, Address = "192.0.2.1" };

    private static Caller Session(string hash) => new() { UserId = "ann", CredentialHash = hash, Address = "192.0.2.1" };

    private static Caller Nobody(string address) => Caller.Anonymous with { Address = address };

    [Fact]
    public async Task Admit_KeyBeyondItsRequests_IsRefusedUntilTheClockMoves()
    {
        for (var left = 2; left >= 0; left--)
        {
            var (code, headers) = await AskAsync(Key("a"));
            Assert.Null(code);
            Assert.StartsWith($"\"requests\";r={left};t=", headers["RateLimit"].ToString(), StringComparison.Ordinal);
            Assert.Equal("\"requests\";q=3;w=60, \"cost\";q=100;w=60", headers["RateLimit-Policy"].ToString());
            Assert.Empty(headers.RetryAfter.ToString());
        }
        var refused = await AskAsync(Key("a"));
        Assert.Equal(("RATE_LIMITED", "20"), (refused.Code, refused.Headers.RetryAfter.ToString()));
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Null((await AskAsync(Key("a"))).Code);
    }

    [Fact]
    public async Task Admit_KeysAndSessions_HaveQuotasOfTheirOwn()
    {
        for (var i = 0; i < 3; i++) await AskAsync(Key("a"));
        Assert.Equal("RATE_LIMITED", (await AskAsync(Key("a"))).Code);
        Assert.Null((await AskAsync(Key("b"))).Code);
        Assert.Null((await AskAsync(Session("c"))).Code);
    }

    [Fact]
    public async Task Admit_DearOperations_UseTheCostUp()
    {
        Assert.Null((await AskAsync(Session("a"), cost: 90)).Code);
        var refused = await AskAsync(Session("a"), cost: 40);
        Assert.Equal(("RATE_LIMITED", "18"), (refused.Code, refused.Headers.RetryAfter.ToString()));
    }

    [Fact]
    public async Task Admit_RequestsAtOnce_AreBoundedForEachCallerAlone()
    {
        var admission = new GraphQLAdmission(
            new GraphQLOptions { ConcurrentRequests = 2 }, new RateLimiter(_clock, 10),
            new LimitMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>()));
        async Task<(string? Code, string RetryAfter, Places Places)> EnterAsync(Caller caller, string type = "query")
        {
            var (http, places) = (new DefaultHttpContext(), new Places());
            http.Features.Set<IHttpResponseFeature>(places);
            var refusal = await admission.AdmitAsync(http, caller, new OperationCost(1, 1, type));
            return (refusal?.Code, http.Response.Headers.RetryAfter.ToString(), places);
        }
        var first = await EnterAsync(Key("a"));
        Assert.Null((await EnterAsync(Key("a"), "mutation")).Code);
        var refused = await EnterAsync(Key("a"));
        Assert.Equal(("RATE_LIMITED", "1"), (refused.Code, refused.RetryAfter));
        Assert.Null((await EnterAsync(Key("b"))).Code);
        Assert.Null((await EnterAsync(Key("a"), "subscription")).Code);
        await first.Places.EndAsync();
        await first.Places.EndAsync();
        Assert.Null((await EnterAsync(Key("a"))).Code);
        Assert.Equal("RATE_LIMITED", (await EnterAsync(Key("a"))).Code);
    }

    /// <summary>What a request gives back when it is over.</summary>
    private sealed class Places : HttpResponseFeature
    {
        private readonly List<(Func<object, Task> End, object State)> _held = [];

        public override void OnCompleted(Func<object, Task> callback, object state) => _held.Add((callback, state));

        public async Task EndAsync()
        {
            foreach (var (end, state) in _held) await end(state);
        }
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", "RATE_LIMITED")]
    [InlineData("192.0.2.1", "192.0.2.2", null)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", "RATE_LIMITED")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "RATE_LIMITED")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", null)]
    public async Task Admit_WithoutCredential_IsChargedToTheNetwork(string first, string then, string? code)
    {
        for (var i = 0; i < 2; i++) Assert.Null((await AskAsync(Nobody(first))).Code);
        Assert.Equal(code, (await AskAsync(Nobody(then))).Code);
    }
}
