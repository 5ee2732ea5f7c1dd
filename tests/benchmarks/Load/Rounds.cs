using System.Globalization;

namespace Plumbline.Benchmarks.Load;

/// <summary>Rounds at full speed, and their median.</summary>
internal static class Rounds
{
    public static async Task<double> RunAsync(string name, Pressure pressure, LoadSettings settings, long spans, Func<TimeSpan> serverProcessor)
    {
        var rates = new List<double>();
        Latencies last = new();
        var (server, client, sent) = (serverProcessor(), Environment.CpuUsage.TotalTime, 0L);
        for (var round = 0; round < settings.Rounds; round++)
        {
            var (rate, latencies, count) = await pressure.FullAsync(spans / settings.Rounds);
            rates.Add(rate);
            (last, sent) = (latencies, sent + count);
        }
        server = serverProcessor() - server;
        client = Environment.CpuUsage.TotalTime - client;
        var median = rates.Order().ElementAt(rates.Count / 2);
        Timing.Print(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {median:N0} spans/s acknowledged after fsync (rounds "
                + $"{string.Join(", ", rates.Select(r => r.ToString("N0", CultureInfo.InvariantCulture)))}); acknowledgements {last}; processor a "
                + $"span: server {server.TotalMicroseconds / sent:F1} us, client {client.TotalMicroseconds / sent:F1} us"));
        return median;
    }
}
