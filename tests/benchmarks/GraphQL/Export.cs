using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.GraphQL;
using Plumbline.GraphQL.Execution;
using Plumbline.GraphQL.Relay;

namespace Plumbline.Benchmarks.GraphQL;

/// <summary>100,000 rows, by pages and at once.</summary>
internal static class Export
{
    private const int Rounds = 5;

    /// <summary>By pages of 500 from the engine: the median speed of several rounds, the bytes of one, and what one allocates.</summary>
    public static (double MegabytesPerSecond, long Bytes, long Allocated) ByPages(GraphQLEngine engine, IServiceProvider services)
    {
        var speeds = new double[Rounds];
        var (bytes, allocated) = (0L, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            bytes = 0;
            allocated = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            for (var from = 0; from < TraceList.Rows; from += TraceList.ExportPage)
                bytes += Execution.Run(
                    engine, services, TraceList.ExportPage,
                    from == 0 ? null : Cursor.Encode((from - 1).ToString(CultureInfo.InvariantCulture)));
            speeds[round] = bytes / 1e6 / Stopwatch.GetElapsedTime(started).TotalSeconds;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        }
        return (Median(speeds), bytes, allocated);
    }

    /// <summary>Over HTTP on loopback, one row of pages after another: the median speed, and by how much the process grew above what it had before.</summary>
    public static async Task<(double ByPages, double AtOnce, long PeakGrowth)> OverHttpAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        TraceList.Add(builder.Services);
        await using var app = builder.Build();
        app.MapGraphQL("/graphql");
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        await PageAsync(client, 50, null);
        var before = Resident();
        var peak = before;
        var (byPages, atOnce) = (new double[Rounds], new double[Rounds]);
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            var bytes = 0L;
            for (var from = 0; from < TraceList.Rows; from += TraceList.ExportPage)
                bytes += await PageAsync(client, TraceList.ExportPage, from == 0 ? null : Cursor.Encode((from - 1).ToString(CultureInfo.InvariantCulture)));
            byPages[round] = bytes / 1e6 / Stopwatch.GetElapsedTime(started).TotalSeconds;
            peak = Math.Max(peak, Resident());
        }
        var growth = peak - before;
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            atOnce[round] = await PageAsync(client, TraceList.Rows, null) / 1e6 / Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
        return (Median(byPages), Median(atOnce), growth);
    }

    private static async Task<long> PageAsync(HttpClient client, int first, string? after)
    {
        using var answer = await client.PostAsJsonAsync(
            "/graphql", new { query = System.Text.Encoding.UTF8.GetString(TraceList.Page), variables = new { first, after } });
        answer.EnsureSuccessStatusCode();
        await using var stream = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[64 * 1024];
        var bytes = 0L;
        while (await stream.ReadAsync(buffer) is var read and > 0) bytes += read;
        return bytes;
    }

    private static long Resident()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
