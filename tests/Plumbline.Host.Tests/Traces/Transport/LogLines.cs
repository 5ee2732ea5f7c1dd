using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Plumbline.Host.Tests.Traces.Transport;

/// <summary>What a server in this process logs.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = [];

    /// <summary>Warnings and errors, in their order, with their exceptions.</summary>
    public IReadOnlyCollection<string> Complaints => lines;

    public void Clear() => lines.Clear();

    public ILogger CreateLogger(string categoryName) => new Category(categoryName, lines);

    public void Dispose()
    {
    }

    private sealed class Category(string name, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) lines.Enqueue($"{logLevel} {name}: {formatter(state, exception)} {exception}");
        }
    }
}
