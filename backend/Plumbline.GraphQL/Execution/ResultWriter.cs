using System.Buffers;
using System.IO.Pipelines;

namespace Plumbline.GraphQL.Execution;

/// <summary>Writes JSON as UTF-8 into pooled chunks, which are never copied together. It can be taken back to an earlier position, which is how a null
/// replaces what was begun.</summary>
internal sealed partial class ResultWriter(int maxBytes) : IDisposable
{
    private const int FirstChunkBytes = 16 * 1024;
    private const int ChunkBytes = 64 * 1024;

    private List<(byte[] Bytes, int Length)>? _full;
    private byte[] _chunk = ArrayPool<byte>.Shared.Rent(FirstChunkBytes);
    private int _at;
    private int _before;

    /// <summary>Bytes written so far.</summary>
    public int Position => _before + _at;

    /// <summary>Takes back everything from a position on.</summary>
    public void Rewind(int position)
    {
        while (position < _before)
        {
            ArrayPool<byte>.Shared.Return(_chunk);
            (_chunk, var length) = _full![^1];
            _full.RemoveAt(_full.Count - 1);
            _before -= length;
        }
        _at = position - _before;
    }

    /// <summary>Everything in one piece: what was written when it fits a chunk, else a copy. For events, which are framed as a whole.</summary>
    public ReadOnlyMemory<byte> Whole()
    {
        if (_full is null or []) return _chunk.AsMemory(0, _at);
        var whole = new byte[Position];
        var at = 0;
        foreach (var (bytes, length) in _full)
        {
            bytes.AsSpan(0, length).CopyTo(whole.AsSpan(at));
            at += length;
        }
        _chunk.AsSpan(0, _at).CopyTo(whole.AsSpan(at));
        return whole;
    }

    /// <summary>Sends everything, as fast as the receiver takes it, giving each chunk back once it is sent.</summary>
    public async ValueTask SendAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        for (var i = 0; i < _full?.Count; i++)
        {
            var (bytes, length) = _full[i];
            await output.WriteAsync(bytes.AsMemory(0, length), cancellationToken);
            ArrayPool<byte>.Shared.Return(bytes);
            _full[i] = ([], 0);
        }
        await output.WriteAsync(_chunk.AsMemory(0, _at), cancellationToken);
    }

    public void WriteByte(byte value)
    {
        if (_at == _chunk.Length) Grow(1);
        _chunk[_at++] = value;
    }

    public void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        while (_chunk.Length - _at < bytes.Length)
        {
            var fitting = _chunk.Length - _at;
            bytes[..fitting].CopyTo(_chunk.AsSpan(_at));
            _at += fitting;
            bytes = bytes[fitting..];
            Grow(1);
        }
        bytes.CopyTo(_chunk.AsSpan(_at));
        _at += bytes.Length;
    }

    /// <summary>Writes <c>,"key":</c>, without the comma for a first field; the answer is where the value begins.</summary>
    public int WriteKey(byte[] key, bool isFirst)
    {
        WriteRaw(isFirst ? key.AsSpan(1) : key);
        return Position;
    }

    /// <summary>Room in one piece for what is written next.</summary>
    private Span<byte> Reserve(int bytes)
    {
        if (_chunk.Length - _at < bytes) Grow(bytes);
        return _chunk.AsSpan(_at);
    }

    private void Grow(int bytes)
    {
        if (Position > maxBytes) throw new ResponseTooLargeException(maxBytes);
        var next = ArrayPool<byte>.Shared.Rent(Math.Max(ChunkBytes, bytes));
        (_full ??= []).Add((_chunk, _at));
        _before += _at;
        (_chunk, _at) = (next, 0);
    }

    public void Dispose()
    {
        foreach (var (bytes, _) in _full ?? [])
        {
            if (bytes.Length > 0) ArrayPool<byte>.Shared.Return(bytes);
        }
        _full = null;
        if (_chunk.Length > 0) ArrayPool<byte>.Shared.Return(_chunk);
        (_chunk, _at, _before) = ([], 0, 0);
    }
}

/// <summary>Ends a whole request: no field may turn it into a null.</summary>
internal class ExecutionAbortedException(GraphQLError error) : Exception(error.Message)
{
    public GraphQLError Error { get; } = error;
}

internal sealed class ResponseTooLargeException(int maxBytes)
    : ExecutionAbortedException(new GraphQLError(ErrorCodes.PayloadTooLarge, $"The answer is larger than {maxBytes} bytes; ask for fewer items or fields."));
