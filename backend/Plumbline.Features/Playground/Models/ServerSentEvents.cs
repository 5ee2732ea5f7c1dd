using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;

namespace Plumbline.Features.Playground.Models;

/// <summary>Reads the data of server-sent events (HTML living standard, section 9.2), one event after another.</summary>
internal static class ServerSentEvents
{
    /// <summary>The data of each event.</summary>
    /// <exception cref="InvalidDataException">A line or an event is longer than allowed.</exception>
    public static async IAsyncEnumerable<string> ReadAsync(Stream stream, int maxBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 4096, leaveOpen: true));
        var data = new StringBuilder();
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            while (TakeLine(ref buffer, read.IsCompleted) is { } line)
            {
                if (line.Length > 0)
                {
                    if (Data(line) is { } piece) data.Append(data.Length > 0 ? "\n" : "").Append(piece);
                    if (data.Length > maxBytes) throw TooLong(maxBytes);
                }
                else if (data.Length > 0)
                {
                    yield return data.ToString();
                    data.Clear();
                }
            }
            if (buffer.Length > maxBytes) throw TooLong(maxBytes);
            reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted) break;
        }
        // Some servers leave out the last blank line.
        if (data.Length > 0) yield return data.ToString();
    }

    private static string? TakeLine(ref ReadOnlySequence<byte> buffer, bool isLast)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            var line = Encoding.UTF8.GetString(buffer.Slice(0, end)).TrimEnd('\r');
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return line;
        }
        if (!isLast || buffer.IsEmpty) return null;
        var rest = Encoding.UTF8.GetString(buffer);
        buffer = buffer.Slice(buffer.End);
        return rest;
    }

    private static string? Data(string line)
    {
        if (!line.StartsWith("data:", StringComparison.Ordinal)) return null;
        return line.Length > 5 && line[5] == ' ' ? line[6..] : line[5..];
    }

    private static InvalidDataException TooLong(int maxBytes) => new($"The provider sent an event of more than {maxBytes:N0} bytes.");
}
