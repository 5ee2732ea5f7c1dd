using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Plumbline.Host.Health;

/// <summary>Adds up the counters of this server's own meters and reads its gauges, and writes them in the text format of Prometheus.</summary>
/// <remarks>https://prometheus.io/docs/instrumenting/exposition_formats/</remarks>
internal sealed class MetricsCollector : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";
    private const string Ours = "Plumbline.";
    private readonly ConcurrentDictionary<Instrument, ConcurrentDictionary<string, long>> _series = [];
    private readonly MeterListener _listener = new();

    public MetricsCollector(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (!ReferenceEquals(instrument.Meter.Scope, meters) || !instrument.Meter.Name.StartsWith(Ours, StringComparison.Ordinal)) return;
            _series[instrument] = new(StringComparer.Ordinal);
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>(Take);
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, state) => Take(instrument, value, tags, state));
        _listener.Start();
    }

    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var (instrument, series) in _series.OrderBy(s => s.Key.Name, StringComparer.Ordinal))
        {
            var name = NameOf(instrument);
            text.Append("# HELP ").Append(name).Append(' ').Append(instrument.Description).Append('\n');
            text.Append("# TYPE ").Append(name).Append(IsCounter(instrument) ? " counter\n" : " gauge\n");
            foreach (var (labels, value) in series.OrderBy(s => s.Key, StringComparer.Ordinal)) text.Append(name).Append(labels).Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
        }
        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (!_series.TryGetValue(instrument, out var series)) return;
        if (IsCounter(instrument)) series.AddOrUpdate(Labels(tags), static (_, more) => more, static (_, sum, more) => sum + more, value);
        else series[Labels(tags)] = value;
    }

    private static bool IsCounter(Instrument instrument) => instrument is Counter<long>;

    // Dots become underscores; the unit and what it is end the name.
    private static string NameOf(Instrument instrument) => instrument.Name.Replace('.', '_') + (instrument.Unit == "By" ? "_bytes" : "") + (IsCounter(instrument) ? "_total" : "");

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty) return "";
        var text = new StringBuilder("{");
        foreach (var (key, value) in tags)
        {
            if (text.Length > 1) text.Append(',');
            var escaped = $"{value}".Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            text.Append(key.Replace('.', '_')).Append("=\"").Append(escaped).Append('"');
        }
        return text.Append('}').ToString();
    }
}
