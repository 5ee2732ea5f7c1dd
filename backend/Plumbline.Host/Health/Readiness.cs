using System.Text;
using Plumbline.Host.Hosting;
using Plumbline.ObjectStore;

namespace Plumbline.Host.Health;

/// <summary>Asks the parts without which the server cannot serve: has it come up, is its silo alive. And whether it can write: without that
/// it still answers.</summary>
/// <remarks>It asks nothing of a grain, which may live on another server: when that one fails, this one is still fit to serve.</remarks>
internal sealed class Readiness(IServiceProvider services)
{
    private const string Probe = "health/probe";
    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(5);
    private readonly TimeProvider _clock = services.GetRequiredService<TimeProvider>();
    private long _writtenAt;
    private bool _written;

    /// <summary>What keeps the server from serving, or null.</summary>
    public string? Problem()
    {
        if (!services.GetRequiredService<StartupState>().Finished) return "starting";
        if (services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested) return "stopping";
        return services.GetRequiredService<ISiloStatusOracle>().CurrentStatus == SiloStatus.Active ? null : "no member of its cluster";
    }

    /// <summary>Whether the data folder takes writes; looked at every few seconds.</summary>
    public async Task<bool> CanWriteAsync(CancellationToken cancellationToken)
    {
        if (_written && _clock.GetElapsedTime(_writtenAt) < WriteEvery) return true;
        try
        {
            await services.GetRequiredService<IObjectStore>().PutAsync(Probe, [Encoding.ASCII.GetBytes("ok")], default, cancellationToken);
            (_written, _writtenAt) = (true, _clock.GetTimestamp());
        }
        catch (ObjectStoreException)
        {
            _written = false;
        }
        return _written;
    }
}
