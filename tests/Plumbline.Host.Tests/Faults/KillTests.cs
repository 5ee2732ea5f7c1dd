using System.Collections.Concurrent;
using System.Globalization;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Faults;

/// <summary>kill -9 at random moments under concurrent load: every acknowledged span is there exactly once, none is corrupt, and the server
/// always starts again.</summary>
public sealed class KillTests
{
    private const int SendersAtOnce = 4;
    private const int TracesPerRequest = 3;
    private const int SpansPerTrace = 2;
    private const int MostAnswersBeforeTheKill = 40;

    // Small, so that logs give way to others, blocks are written and joined all the time while the server is killed.
    private static readonly IReadOnlyDictionary<string, string> Busy = RunningServer.FirstRun.Concat(new Dictionary<string, string>
    {
        ["PLUMBLINE_TRACES__STORE__SEAL_SPANS"] = "30",
        ["PLUMBLINE_TRACES__STORE__COMPACT_SPANS"] = "200",
        ["PLUMBLINE_TRACES__STORE__MIN_SPARE_LOG_BYTES"] = "1",
    }).ToDictionary();

    private static int Kills => int.Parse(Environment.GetEnvironmentVariable("PLUMBLINE_SOAK_KILLS") ?? "6", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Kill_UnderLoad_LosesNothing_DoublesNothing_AndStartsAgain()
    {
        var (seed, acknowledged) = (Random.Shared.Next(), new HashSet<string>());
        var random = new Random(seed);
        var server = await ServerProcess.StartAsync(environment: Busy);
        try
        {
            for (var kill = 0; kill < Kills; kill++)
            {
                acknowledged.UnionWith(await SendUntilKilledAsync(server, random.Next(1, MostAnswersBeforeTheKill)));
                server = await ServerProcess.StartAsync(server.Folder, Busy);
                using var script = ServerClient.Script(server, RunningServer.ApiKey);
                var listed = await TraceSender.ListAsync(script);
                Assert.True(
                    acknowledged.IsSubsetOf(listed.Keys),
                    $"Seed {seed}, kill {kill}: {acknowledged.Except(listed.Keys).Count()} of {acknowledged.Count} acknowledged traces are gone.");
                Assert.All(listed.Values, spans => Assert.Equal(SpansPerTrace, spans));
            }
            Assert.True(acknowledged.Count >= Kills * TracesPerRequest);
            Assert.Equal([], await DamagedAsync(server));
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    /// <summary>Several senders go on until so many requests were answered; then the server is killed with the others under way. Gives
    /// every trace that was acknowledged.</summary>
    private static async Task<IReadOnlyCollection<string>> SendUntilKilledAsync(ServerProcess server, int answers)
    {
        using var script = ServerClient.Script(server, RunningServer.ApiKey);
        var acknowledged = new ConcurrentBag<string>();
        var (left, enough) = (answers, new TaskCompletionSource());
        var senders = Enumerable.Range(0, SendersAtOnce).Select(_ => Task.Run(async () =>
        {
            while (await TrySendAsync(script) is { } traces)
            {
                foreach (var trace in traces) acknowledged.Add(trace);
                if (Interlocked.Decrement(ref left) == 0) enough.SetResult();
            }
        })).ToArray();
        await enough.Task;
        await server.KillAsync();
        await Task.WhenAll(senders);
        return acknowledged;
    }

    private static async Task<string[]?> TrySendAsync(ServerClient script)
    {
        string[] traces = [.. Enumerable.Range(0, TracesPerRequest).Select(_ => TraceSender.NewTraceId())];
        var spans = traces.SelectMany(trace =>
            Enumerable.Range(1, SpansPerTrace).Select(number => (trace, SpanId(number), (string?)Said(trace, SpanId(number)))));
        return await TraceSender.TrySendAsync(script, OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), spans)) ? traces : null;
    }

    private static string SpanId(int number) => number.ToString("x16", CultureInfo.InvariantCulture);

    // Long enough that a torn write would show.
    private static string Said(string trace, string span) => string.Join(' ', Enumerable.Repeat($"{trace} said {span}", 20));

    /// <summary>Spans whose text is not what was sent.</summary>
    private static async Task<List<string>> DamagedAsync(ServerProcess server)
    {
        using var script = ServerClient.Script(server, RunningServer.ApiKey);
        var damaged = new List<string>();
        await foreach (var span in TraceSender.SpansAsync(script))
        {
            var (trace, id) = (span.Text("traceId"), span.Text("spanId"));
            if (span.GetProperty("input").GetString() != Said(trace, id)) damaged.Add($"{trace}/{id}");
        }
        return damaged;
    }
}
