using System.Collections.Immutable;

namespace Plumbline.Contracts.Traces;

/// <summary>The two encodings of OTLP.</summary>
public enum IngestEncoding { Protobuf, Json }

/// <summary>What a request carries.</summary>
public enum IngestSignal { Traces, Logs }

/// <summary>One OTLP request, decompressed.</summary>
/// <param name="Project">Where it goes.</param>
/// <param name="Environment">The environment of spans that name none.</param>
/// <param name="Signal">Traces or logs.</param>
/// <param name="Encoding">Protobuf or JSON.</param>
/// <param name="Body">The bytes; they may be reused once the call has returned.</param>
public sealed record IngestRequest(ProjectKey Project, string? Environment, IngestSignal Signal, IngestEncoding Encoding, ReadOnlyMemory<byte> Body);

/// <summary>How a request ended.</summary>
public enum IngestStatus
{
    /// <summary>Stored; some of it may have been rejected, with reasons.</summary>
    Accepted,

    /// <summary>No OTLP at all: nothing was taken, and sending it again will not help.</summary>
    Malformed,

    /// <summary>Too much is waiting: send it again a little later.</summary>
    Overloaded,

    /// <summary>Nothing can be stored now: send it again later.</summary>
    Unavailable,

    /// <summary>It takes more than one request may: nothing was taken, and sending it again as it is will not help.</summary>
    TooExpensive,
}

/// <summary>How a request ended, and what of it was taken.</summary>
/// <param name="Status">The end.</param>
/// <param name="Accepted">Spans or records taken.</param>
/// <param name="Rejected">Spans or records refused.</param>
/// <param name="Reasons">Why, a sentence each, the first few.</param>
public sealed record IngestOutcome(IngestStatus Status, int Accepted, int Rejected, ImmutableArray<string> Reasons)
{
    /// <summary>All reasons as one text.</summary>
    public string Message => string.Join(' ', Reasons);
}
