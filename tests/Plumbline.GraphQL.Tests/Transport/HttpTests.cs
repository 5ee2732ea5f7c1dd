using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.GraphQL.Tests.Execution;
using Plumbline.Testing;

namespace Plumbline.GraphQL.Tests.Transport;

public sealed class HttpTests
{
    private static Task<TestServer> StartAsync(
        Action<GraphQLEndpointOptions>? endpoint = null, Action<GraphQLBuilder>? more = null, Action<IServiceCollection>? services = null) =>
        TestServer.StartAsync(
            g =>
            {
                Library.Configure(g);
                more?.Invoke(g);
            },
            endpoint,
            s =>
            {
                s.AddSingleton<Library.LoadCounter>();
                services?.Invoke(s);
            });

    private static async Task<(HttpStatusCode Status, string? Code)> PostAsync(
        TestServer server, string body, string accept = "application/graphql-response+json", string type = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(body, Encoding.UTF8, type) };
        request.Headers.Add("Accept", accept);
        using var response = await server.Client.SendAsync(request);
        var json = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
        return (
            response.StatusCode,
            json.TryGetProperty("errors", out var errors) ? errors[0].GetProperty("extensions").GetProperty("code").GetString() : null);
    }

    [Theory]
    [InlineData("""{"query":"{ echo }"}""", HttpStatusCode.OK, null)]
    [InlineData("""{"query":"{ echo"}""", HttpStatusCode.BadRequest, "GRAPHQL_PARSE_FAILED")]
    [InlineData("""{"query":"{ nope }"}""", HttpStatusCode.BadRequest, "GRAPHQL_VALIDATION_FAILED")]
    [InlineData("""{"query":"query($a: Int!) { echo(times: $a) }"}""", HttpStatusCode.BadRequest, "BAD_USER_INPUT")]
    [InlineData("""{"query":"query A { echo } query B { echo }"}""", HttpStatusCode.BadRequest, "BAD_USER_INPUT")]
    [InlineData("""[{"query":"{ echo }"}]""", HttpStatusCode.BadRequest, "BAD_USER_INPUT")]
    [InlineData("""{"query":"{ echo }" """, HttpStatusCode.BadRequest, "BAD_USER_INPUT")]
    [InlineData("""{"query":"\ud800"}""", HttpStatusCode.BadRequest, "BAD_USER_INPUT")]
    [InlineData("", HttpStatusCode.BadRequest, "BAD_USER_INPUT")]
    public async Task Post_Request_EarnsItsStatus(string body, HttpStatusCode status, string? code)
    {
        await using var server = await StartAsync();
        Assert.Equal((status, code), await PostAsync(server, body));
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task OtherMethods_AreNotAllowed(string method)
    {
        await using var server = await StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), "/graphql?token=0123456789abcdef&operationId=1");
        using var answer = await server.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "POST"], answer.Content.Headers.Allow.Order());
    }

    [Fact]
    public async Task Post_BodyAboveTheLimit_IsRefused()
    {
        await using var server = await StartAsync(more: g => g.Limit(l => l.MaxRequestBytes = 1000));
        var body = JsonSerializer.Serialize(new { query = "{ echo }", padding = new string('x', 2000) });
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE"), await PostAsync(server, body));
    }

    [Fact]
    public async Task Post_AnswerAboveTheLimit_IsRefused()
    {
        await using var server = await StartAsync(more: g => g.Limit(l => l.MaxResponseBytes = 20_000));
        var text = new string('x', 90_000);
        Assert.Equal(
            (HttpStatusCode.OK, "PAYLOAD_TOO_LARGE"),
            await PostAsync(server, JsonSerializer.Serialize(new { query = $"{{ echo(text: \"{text}\") b: echo(text: \"{text}\") }}" })));
    }

    [Fact]
    public async Task Post_ContextRefuses_CarriesCodeAndStatus()
    {
        await using var server = await StartAsync(o => o.CreateContext = (_, _) => throw new GraphQLException("UNAUTHENTICATED", "Sign in."));
        Assert.Equal((HttpStatusCode.Unauthorized, "UNAUTHENTICATED"), await PostAsync(server, """{"query":"{ echo }"}"""));
    }

    [Fact]
    public async Task Post_NotAdmitted_IsRateLimited()
    {
        var asked = new List<OperationCost>();
        await using var server = await StartAsync(o => o.Admit = (http, _, cost) =>
        {
            asked.Add(cost);
            http.Response.Headers.RetryAfter = "7";
            return new(new GraphQLError("RATE_LIMITED", "Wait seven seconds."));
        });
        Assert.Equal((HttpStatusCode.TooManyRequests, "RATE_LIMITED"), await PostAsync(server, """{"query":"{ books { id } }"}"""));
        Assert.Equal(new OperationCost(1, 2, "query"), Assert.Single(asked));
    }

    [Fact]
    public async Task Get_Introspection_CanBeSwitchedOff()
    {
        await using var server = await StartAsync(o => o.CreateContext = (_, context) =>
        {
            context.AllowIntrospection = false;
            return default;
        });
        var answer = await server.QueryAsync("{ __type(name: \"Book\") { name } }");
        Assert.Equal("FORBIDDEN", answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        using var schema = await server.Client.GetAsync("/graphql/schema.graphql");
        Assert.Equal(HttpStatusCode.Forbidden, schema.StatusCode);
        Assert.DoesNotContain("type Book", await schema.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("{ book(id: \"b1\") { titel } }", "titel", "title")]
    [InlineData("{ book(id: \"b1\", ids: 1) { title } }", "ids", "\"id\"")]
    [InlineData("{ echo(genre: NOVEL_) }", "NOVEL_", "\"NOVEL\"")]
    [InlineData("query($g: Genres) { echo(genre: $g) }", "Genres", "\"Genre\"")]
    [InlineData("query($g: Genre) { echo(genre: $g) }", "NOVELL", "\"NOVEL\"")]
    public async Task Post_UnknownName_SuggestsOnlyToWhoMayKnowTheSchema(string query, string wrong, string suggestion)
    {
        var allowed = true;
        await using var server = await StartAsync(o => o.CreateContext = (_, context) =>
        {
            context.AllowIntrospection = allowed;
            return default;
        });
        var told = (await server.QueryAsync(query, new { g = "NOVELL" })).GetProperty("errors").ToString();
        Assert.Contains(suggestion, JsonSerializer.Deserialize<JsonElement>(told)[0].GetProperty("message").GetString());
        allowed = false;
        var kept = (await server.QueryAsync(query, new { g = "NOVELL" })).GetProperty("errors")[0].GetProperty("message").GetString()!;
        Assert.Contains(wrong, kept);
        Assert.DoesNotContain("Did you mean", kept);
        Assert.DoesNotContain(suggestion, kept);
    }

    [Fact]
    public async Task Post_DocumentThatCannotRun_IsChargedToo()
    {
        var asked = new List<OperationCost>();
        await using var server = await StartAsync(o => o.Admit = (_, _, cost) =>
        {
            asked.Add(cost);
            return default;
        });
        Assert.Equal((HttpStatusCode.BadRequest, "GRAPHQL_PARSE_FAILED"), await PostAsync(server, """{"query":"{ echo"}"""));
        Assert.Equal(default, Assert.Single(asked));
    }

    [Fact]
    public async Task Post_TakesTooLong_TimesOut()
    {
        var clock = new ManualTimeProvider();
        var slow = new Slow();
        await using var server = await TestServer.StartAsync(
            g => g.AddSchema("type Query { wait: Int }").AddResolvers<SlowResolvers>(), null, s => s.AddSingleton<TimeProvider>(clock).AddSingleton(slow));
        var answer = PostAsync(server, """{"query":"{ wait }"}""");
        await slow.Entered.Task;
        clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "TIMED_OUT"), await answer);
    }

    [Fact]
    public async Task Post_ClientGoes_CancelsTheResolver()
    {
        var slow = new Slow();
        await using var server = await TestServer.StartAsync(
            g => g.AddSchema("type Query { wait: Int }").AddResolvers<SlowResolvers>(), null, s => s.AddSingleton(slow));
        using var leaving = new CancellationTokenSource();
        var answer = server.Client.PostAsync("/graphql", new StringContent("""{"query":"{ wait }"}""", Encoding.UTF8, "application/json"), leaving.Token);
        await slow.Entered.Task;
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await slow.Cancelled.Task;
    }

    [Fact]
    public async Task Subscription_CallerLosesAccess_EndsWithUnauthenticated()
    {
        var events = 0;
        await using var server = await StartAsync(o => o.MayContinue = (_, _) => new(++events < 2));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = new StringContent(
            """{"query":"subscription { bookAdded { id } }"}""", Encoding.UTF8, "application/json")
        };
        request.Headers.Add("Accept", "text/event-stream");
        using var response = await server.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.Contains("\"id\":\"b1\"", text);
        Assert.Contains("UNAUTHENTICATED", text);
        Assert.DoesNotContain("b2", text);
    }

    public sealed class Slow
    {
        public TaskCompletionSource Entered { get; } = new();

        public TaskCompletionSource Cancelled { get; } = new();
    }

    [ResolversFor("Query")]
    public sealed class SlowResolvers(Slow slow)
    {
        public async Task<int?> Wait(CancellationToken cancellationToken)
        {
            await using var registration = cancellationToken.Register(() => slow.Cancelled.TrySetResult());
            slow.Entered.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return null;
        }
    }
}
