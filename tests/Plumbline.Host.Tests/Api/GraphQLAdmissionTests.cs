using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts.Access;
using Plumbline.GraphQL;
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
            Options, new LimitMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>()),
            _clock);

    private (string? Code, IHeaderDictionary Headers) Ask(Caller caller, long cost = 1)
    {
        var http = new DefaultHttpContext();
        return (_admission.Admit(http, caller, new OperationCost(cost, 1, "query"))?.Code, http.Response.Headers);
    }

    private static Caller Key(string hash) => new() { ApiKeyId = "key", CredentialHash = hash, Address = "192.0.2.1" };

    private static Caller Session(string hash) => new() { UserId = "ann", CredentialHash = hash, Address = "192.0.2.1" };

    private static Caller Nobody(string address) => Caller.Anonymous with { Address = address };

    [Fact]
    public void Admit_KeyBeyondItsRequests_IsRefusedUntilTheClockMoves()
    {
        for (var left = 2; left >= 0; left--)
        {
            var (code, headers) = Ask(Key("a"));
            Assert.Null(code);
            Assert.StartsWith($"\"requests\";r={left};t=", headers["RateLimit"].ToString(), StringComparison.Ordinal);
            Assert.Equal("\"requests\";q=3;w=60, \"cost\";q=100;w=60", headers["RateLimit-Policy"].ToString());
            Assert.Empty(headers.RetryAfter.ToString());
        }
        var refused = Ask(Key("a"));
        Assert.Equal(("RATE_LIMITED", "20"), (refused.Code, refused.Headers.RetryAfter.ToString()));
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Null(Ask(Key("a")).Code);
    }

    [Fact]
    public void Admit_KeysAndSessions_HaveQuotasOfTheirOwn()
    {
        for (var i = 0; i < 3; i++) Ask(Key("a"));
        Assert.Equal("RATE_LIMITED", Ask(Key("a")).Code);
        Assert.Null(Ask(Key("b")).Code);
        Assert.Null(Ask(Session("c")).Code);
    }

    [Fact]
    public void Admit_DearOperations_UseTheCostUp()
    {
        Assert.Null(Ask(Session("a"), cost: 90).Code);
        var refused = Ask(Session("a"), cost: 40);
        Assert.Equal(("RATE_LIMITED", "18"), (refused.Code, refused.Headers.RetryAfter.ToString()));
    }

    [Fact]
    public async Task Admit_RequestsAtOnce_AreBoundedForEachCallerAlone()
    {
        var admission = new GraphQLAdmission(
            new GraphQLOptions { ConcurrentRequests = 2 },
            new LimitMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>()), _clock);
        (string? Code, string RetryAfter, Places Places) Enter(Caller caller, string type = "query")
        {
            var (http, places) = (new DefaultHttpContext(), new Places());
            http.Features.Set<IHttpResponseFeature>(places);
            return (admission.Admit(http, caller, new OperationCost(1, 1, type))?.Code, http.Response.Headers.RetryAfter.ToString(), places);
        }
        var first = Enter(Key("a"));
        Assert.Null(Enter(Key("a"), "mutation").Code);
        var refused = Enter(Key("a"));
        Assert.Equal(("RATE_LIMITED", "1"), (refused.Code, refused.RetryAfter));
        Assert.Null(Enter(Key("b")).Code);
        Assert.Null(Enter(Key("a"), "subscription").Code);
        await first.Places.EndAsync();
        await first.Places.EndAsync();
        Assert.Null(Enter(Key("a")).Code);
        Assert.Equal("RATE_LIMITED", Enter(Key("a")).Code);
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
    public void Admit_WithoutCredential_IsChargedToTheNetwork(string first, string then, string? code)
    {
        for (var i = 0; i < 2; i++) Assert.Null(Ask(Nobody(first)).Code);
        Assert.Equal(code, Ask(Nobody(then)).Code);
    }
}
