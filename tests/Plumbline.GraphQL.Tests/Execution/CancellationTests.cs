using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Plumbline.GraphQL.Tests.Execution;

/// <summary>A request that nobody waits for any more begins nothing, and is over when its fields are.</summary>
public sealed class CancellationTests
{
    private const string Schema = """
        type Query { parts(count: Int!): [Part!]! wait: Int }
        type Mutation { step(id: Int!): Int }
        type Part { wait: Int parts(count: Int!): [Part!]! }
        """;

    [Theory]
    [InlineData("{ a: wait b: wait parts(count: 500) { wait } }")]
    [InlineData("{ parts(count: 20) { parts(count: 20) { parts(count: 20) { wait } } } }")]
    [InlineData("mutation { a: step(id: 1) b: step(id: 2) c: step(id: 3) }")]
    public async Task Cancelled_ClientGoes_NoFieldBeginsAndTheRequestEnds(string query)
    {
        var gate = new Gate();
        await using var server = await StartAsync(gate, graph => graph.Limit(l => l.MaxFieldsInFlight = 4));
        using var leaving = new CancellationTokenSource();
        var answer = server.Client.PostAsync("/graphql", Body(query), leaving.Token);
        await gate.Entered.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await gate.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(20));
        gate.Open.TrySetResult();
        await gate.ScopeEnded.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, gate.BegunAfterCancel);
        Assert.Equal(0, gate.RunningAtEnd);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1_000)]
    public async Task Fields_ManyAtOnce_AreBoundedAndAnswerAlike(int most)
    {
        var gate = new Gate();
        gate.Open.TrySetResult();
        await using var server = await StartAsync(gate, graph => graph.Limit(l => l.MaxFieldsInFlight = most));
        var answer = await server.QueryAsync("{ parts(count: 5) { parts(count: 10) { wait again: wait } wait } wait }");
        var inner = string.Join(',', Enumerable.Repeat("""{"wait":7,"again":7}""", 10));
        var outer = string.Join(',', Enumerable.Repeat("{\"parts\":[" + inner + "],\"wait\":7}", 5));
        Assert.Equal("{\"data\":{\"parts\":[" + outer + "],\"wait\":7}}", answer.GetRawText());
    }

    [Fact]
    public async Task Fields_FewAtOnce_StillLoadInOneBatch()
    {
        var counted = new Counted();
        await using var server = await TestServer.StartAsync(
            graph => graph.AddSchema("type Query { keys: [Key!]! } type Key { name: String }").AddResolvers<KeysResolvers>().AddResolvers<KeyResolvers>()
                .Limit(l => l.MaxFieldsInFlight = 2),
            services: s => s.AddSingleton(counted));
        var answer = await server.QueryAsync("{ keys { name } }");
        Assert.Equal(100, answer.GetProperty("data").GetProperty("keys").GetArrayLength());
        Assert.Equal("n99", answer.GetProperty("data").GetProperty("keys")[99].GetProperty("name").GetString());
        Assert.Equal([100], counted.Batches);
    }

    [Fact]
    public async Task Held_MoreThanARequestMay_IsRefused()
    {
        var gate = new Gate();
        gate.Open.TrySetResult();
        await using var server = await StartAsync(gate, graph => graph.SizeOf<Part>(_ => 1_000).Limit(l => l.MaxHeldBytes = 9_500));
        var small = await server.QueryAsync("{ parts(count: 9) { wait } }");
        Assert.False(small.TryGetProperty("errors", out _));
        var large = await server.QueryAsync("{ a: parts(count: 5) { wait } b: parts(count: 5) { wait } }");
        Assert.Equal("QUERY_TOO_COMPLEX", large.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    private static StringContent Body(string query) =>
        new(System.Text.Json.JsonSerializer.Serialize(new { query }), Encoding.UTF8, "application/json");

    private static Task<TestServer> StartAsync(Gate gate, Action<GraphQLBuilder> more) => TestServer.StartAsync(
        graph => more(graph.AddSchema(Schema).AddResolvers<QueryResolvers>().AddResolvers<MutationResolvers>().AddResolvers<PartResolvers>()),
        endpoint => endpoint.CreateContext = (http, _) =>
        {
            http.Response.OnCompleted(() =>
            {
                gate.RunningAtEnd = gate.Running;
                gate.ScopeEnded.TrySetResult();
                return Task.CompletedTask;
            });
            return default;
        },
        services => services.AddSingleton(gate));

    public sealed record Part(int Number);

    /// <summary>What waits here heeds no cancellation: it ends when the gate is opened.</summary>
    public sealed class Gate
    {
        private readonly Lock _lock = new();

        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource ScopeEnded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int BegunAfterCancel { get; private set; }

        public int Running { get; private set; }

        public int RunningAtEnd { get; set; } = -1;

        public int MostAtOnce { get; private set; }

        public async Task<int?> PassAsync(CancellationToken cancellationToken)
        {
            lock (_lock)
            {
                if (cancellationToken.IsCancellationRequested) BegunAfterCancel++;
                MostAtOnce = Math.Max(MostAtOnce, ++Running);
            }
            cancellationToken.Register(() => Cancelled.TrySetResult());
            Entered.TrySetResult();
            await Open.Task;
            await Task.Delay(1, CancellationToken.None);
            lock (_lock) Running--;
            return 7;
        }
    }

    [ResolversFor("Query")]
    public sealed class QueryResolvers(Gate gate)
    {
        public IReadOnlyList<Part> Parts(int count) => [.. Enumerable.Range(0, count).Select(n => new Part(n))];

        public Task<int?> Wait(CancellationToken cancellationToken) => gate.PassAsync(cancellationToken);
    }

    [ResolversFor("Mutation")]
    public sealed class MutationResolvers(Gate gate)
    {
        public Task<int?> Step(int id, CancellationToken cancellationToken) => gate.PassAsync(cancellationToken);
    }

    [ResolversFor("Part")]
    public sealed class PartResolvers(Gate gate)
    {
        public IReadOnlyList<Part> Parts([Parent] Part parent, int count) => [.. Enumerable.Range(0, count).Select(n => new Part(n))];

        public Task<int?> Wait([Parent] Part parent, CancellationToken cancellationToken) => gate.PassAsync(cancellationToken);
    }

    public sealed record Key(int Number);

    public sealed class Counted
    {
        public List<int> Batches { get; } = [];
    }

    [ResolversFor("Query")]
    public sealed class KeysResolvers
    {
        public IReadOnlyList<Key> Keys() => [.. Enumerable.Range(0, 100).Select(n => new Key(n))];
    }

    [ResolversFor("Key")]
    public sealed class KeyResolvers
    {
        public Task<string?> Name([Parent] Key key, NameLoader names) => names.LoadAsync(key.Number);
    }

    public sealed class NameLoader(Counted counted) : BatchLoader<int, string>
    {
        protected override Task<IReadOnlyDictionary<int, string>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken cancellationToken)
        {
            counted.Batches.Add(keys.Count);
            return Task.FromResult<IReadOnlyDictionary<int, string>>(keys.ToDictionary(k => k, k => $"n{k}"));
        }
    }
}
