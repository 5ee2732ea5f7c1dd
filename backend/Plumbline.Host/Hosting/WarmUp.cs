using Plumbline.TraceStore;

namespace Plumbline.Host.Hosting;

/// <summary>Uses a core that is idle during the start, which is one thread's work, for what the first answers would wait for.</summary>
internal static class WarmUp
{
    /// <summary>Begins, where there is a second core. Nobody waits for it: what is wrong with the store is reported by those who need it.</summary>
    public static void Begin()
    {
        if (Environment.ProcessorCount > 1) _ = Task.Run(() => StoreWarmUp.RunAsync());
    }
}
