using System.Diagnostics.Metrics;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>Counts the heads that this process has sealed into blocks, so that a test can wait for them.</summary>
internal sealed class Seals : IDisposable
{
    private const string Instrument = "plumbline.store.seal.duration";
    private readonly MeterListener _listener = new();
    private readonly SemaphoreSlim _sealed = new(0);

    public Seals()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == Instrument) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, _, _, _) => _sealed.Release());
        _listener.Start();
    }

    public async Task WaitAsync(int count)
    {
        for (var i = 0; i < count; i++)
            Assert.True(await _sealed.WaitAsync(TimeSpan.FromMinutes(2)), $"{count} heads were to be sealed, and only {i} were.");
    }

    public void Dispose()
    {
        _listener.Dispose();
        _sealed.Dispose();
    }
}
