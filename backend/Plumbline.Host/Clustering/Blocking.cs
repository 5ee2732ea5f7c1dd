using System.Diagnostics.CodeAnalysis;

namespace Plumbline.Host.Clustering;

/// <summary>Waits for asynchronous work where a framework asks without waiting: for a service that is made once, for keys about once a day.</summary>
internal static class Blocking
{
    [SuppressMessage("Usage", "VSTHRD002", Justification = "The work is on threads of the pool, where nobody waits for this one.")]
    public static T Run<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();
}
