using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Plumbline.Testing;

/// <summary>Makes meters and adds up what their instruments measure. A series is written <c>name{label=value,label=value}</c>, without braces when it has no
/// labels.</summary>
public sealed class Measurements : IMeterFactory
{
    private readonly ConcurrentDictionary<string, (long Count, double Sum, double Last)> _series = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Meter> _meters = [];
    private readonly MeterListener _listener = new();

    public Measurements()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, this)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyCollection<string> Series => [.. _series.Keys];

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    /// <summary>The sum of what was measured, 0 when nothing was.</summary>
    public double Sum(string series) => _series.TryGetValue(series, out var measured) ? measured.Sum : 0;

    /// <summary>How often something was measured.</summary>
    public long Count(string series) => _series.TryGetValue(series, out var measured) ? measured.Count : 0;

    /// <summary>What a gauge shows now.</summary>
    public double Observe(string series)
    {
        _listener.RecordObservableInstruments();
        return _series[series].Last;
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var meter in _meters) meter.Dispose();
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<string>();
        foreach (var (key, label) in tags) labels.Add($"{key}={label}");
        var series = labels.Count == 0 ? instrument.Name : $"{instrument.Name}{{{string.Join(',', labels)}}}";
        _series.AddOrUpdate(series, (1, value, value), (_, before) => (before.Count + 1, before.Sum + value, value));
    }
}
