namespace Plumbline.Host.Hosting;

/// <summary>Whether the server has come up, for the readiness check.</summary>
internal sealed class StartupState
{
    private volatile bool _finished;

    public bool Finished => _finished;

    public void Finish() => _finished = true;
}
