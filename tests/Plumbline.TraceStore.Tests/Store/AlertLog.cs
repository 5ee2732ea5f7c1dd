using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Plumbline.TraceStore.Tests.Store;

/// <summary>Keeps the errors that a store tells of.</summary>
internal sealed class AlertLog : ILogger
{
    private readonly ConcurrentQueue<string> _alerts = [];

    public IReadOnlyCollection<string> Alerts => _alerts;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Error) _alerts.Enqueue(formatter(state, exception));
    }
}
