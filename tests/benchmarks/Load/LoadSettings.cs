using System.Globalization;

namespace Plumbline.Benchmarks.Load;

/// <summary>How a load run goes: <c>load [http|redact|grpc|json] [--name value]…</c>.</summary>
internal sealed record LoadSettings
{
    private static readonly string[] Modes = ["http", "redact", "grpc", "json"];

    /// <summary>What is sent, and how: OTLP/HTTP protobuf, the same with every built-in kind of redaction, OTLP/gRPC on one connection, or
    /// OTLP/HTTP JSON.</summary>
    public string Mode { get; private init; } = "http";

    /// <summary>Spans sent at full speed to the server, over all rounds.</summary>
    public long Spans { get; private init; } = 1_000_000;

    /// <summary>Spans sent at full speed to each yardstick, over all rounds; 0 leaves the yardsticks out.</summary>
    public long YardstickSpans { get; private init; } = 300_000;

    /// <summary>Spans sent before anything is measured.</summary>
    public long WarmUp { get; private init; } = 500_000;

    public int Rounds { get; private init; } = 5;

    public int Connections { get; private init; } = 16;

    /// <summary>Traces in one request; 4.5 spans each.</summary>
    public int TracesPerRequest { get; private init; } = 100;

    /// <summary>Different bodies made before the run; sent again with new trace ids and times when all were sent.</summary>
    public int Bodies { get; private init; } = 256;

    /// <summary>Spans a second at half load; 0 takes half of the median of the full rounds.</summary>
    public long HalfRate { get; private init; }

    /// <summary>Seconds at half load; 0 leaves it out.</summary>
    public int HalfSeconds { get; private init; } = 10;

    /// <summary>Packs the messages of gRPC, as collectors do. What that costs the sender is not the server's.</summary>
    public bool Gzip { get; private init; }

    /// <summary>Writes the memory of the server over time.</summary>
    public bool ShowMemory { get; private init; } = true;

    /// <summary>A pause before the rounds, to attach a profiler, in seconds.</summary>
    public int Pause { get; private init; }

    public bool IsGrpc => Mode == "grpc";

    public bool IsJson => Mode == "json";

    public bool Redacts => Mode == "redact";

    /// <summary>Reads the arguments after <c>load</c>.</summary>
    /// <exception cref="ArgumentException">An argument is unknown or no number; the message says which are known.</exception>
    public static LoadSettings Read(IReadOnlyList<string> arguments)
    {
        var settings = new LoadSettings();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (Modes.Contains(arguments[i])) settings = settings with { Mode = arguments[i] };
            else settings = settings.With(arguments[i], i + 1 < arguments.Count ? arguments[++i] : "");
        }
        return settings;
    }

    private LoadSettings With(string name, string text)
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            throw new ArgumentException($"{name} is '{text}', which is not a number.");
        return name switch
        {
            "--spans" => this with { Spans = value },
            "--yardstick" => this with { YardstickSpans = value },
            "--warm-up" => this with { WarmUp = value },
            "--rounds" => this with { Rounds = (int)Math.Max(1, value) },
            "--connections" => this with { Connections = (int)Math.Max(1, value) },
            "--traces" => this with { TracesPerRequest = (int)Math.Max(1, value) },
            "--bodies" => this with { Bodies = (int)Math.Max(1, value) },
            "--half-rate" => this with { HalfRate = value },
            "--half-seconds" => this with { HalfSeconds = (int)value },
            "--gzip" => this with { Gzip = value != 0 },
            "--memory" => this with { ShowMemory = value != 0 },
            "--pause" => this with { Pause = (int)value },
            _ =>
                throw new ArgumentException(
                    $"{name} is unknown; there are the modes {string.Join(", ", Modes)} and --spans, --yardstick, --warm-up, --rounds, "
                        + "--connections, --traces, --bodies, --half-rate, --half-seconds, --gzip, --memory, --pause."),
        };
    }
}
