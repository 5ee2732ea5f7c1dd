using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Plumbline.TraceStore;

namespace Plumbline.Benchmarks.Load;

/// <summary>A request made before the run. Before each sending its trace ids and times are written anew in place, so that no span is sent twice.</summary>
internal sealed class RequestTemplate
{
    /// <summary>Room before the body for what the transport puts there, so that all goes out in one write.</summary>
    public const int Headroom = 512;

    private readonly byte[] _buffer;
    private readonly bool _json;
    private readonly (int Trace, int Start, int End, int Ordinal, long FromStart, long FromEnd)[] _places;
    private readonly TraceId[] _ids;

    public RequestTemplate(IReadOnlyList<SpanRecord> spans, bool json)
    {
        _json = json;
        var body = json ? BodyEncoding.Json(spans) : BodyEncoding.Protobuf(spans);
        _buffer = new byte[Headroom + body.Length];
        body.CopyTo(_buffer, Headroom);
        var first = spans.Min(s => s.StartUnixNano);
        var ordinals = spans.Select(s => s.TraceId).Distinct().Index().ToDictionary(p => p.Item, p => p.Index);
        _ids = new TraceId[ordinals.Count];
        _places = new (int, int, int, int, long, long)[spans.Count];
        var at = Headroom;
        foreach (var (index, span) in spans.Index())
        {
            var trace = at = Find(at, Bytes(span.TraceId));
            var start = at = Find(at, Bytes(span.StartUnixNano));
            var end = at = Find(at, Bytes(span.EndUnixNano));
            _places[index] = (trace, start, end, ordinals[span.TraceId], span.StartUnixNano - first, span.EndUnixNano - first);
        }
    }

    public int Spans => _places.Length;

    public int Traces => _ids.Length;

    public int BodyBytes => _buffer.Length - Headroom;

    /// <summary>The whole buffer; the body begins at <see cref="Headroom"/>.</summary>
    public byte[] Buffer => _buffer;

    /// <summary>The trace that was written last into the request.</summary>
    public TraceId LastTrace => _ids[^1];

    /// <summary>Makes the request one that was never sent.</summary>
    /// <param name="number">The number of the request, unique in the run.</param>
    /// <param name="startUnixNano">When its first span starts.</param>
    public void Renew(long number, long startUnixNano)
    {
        for (var i = 0; i < _ids.Length; i++) _ids[i] = new TraceId(Mix((ulong)number), Mix(((ulong)number << 20) | (uint)i) | 1);
        foreach (var place in _places)
        {
            Write(place.Trace, _ids[place.Ordinal]);
            Write(place.Start, startUnixNano + place.FromStart);
            Write(place.End, startUnixNano + place.FromEnd);
        }
    }

    private void Write(int at, TraceId id)
    {
        if (_json) Encoding.ASCII.GetBytes(id.ToString(), _buffer.AsSpan(at));
        else id.Write(_buffer.AsSpan(at));
    }

    private void Write(int at, long time)
    {
        if (_json) time.TryFormat(_buffer.AsSpan(at), out _, provider: CultureInfo.InvariantCulture);
        else BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(at), time);
    }

    private byte[] Bytes(TraceId id)
    {
        if (_json) return Encoding.ASCII.GetBytes(id.ToString());
        var bytes = new byte[TraceId.Size];
        id.Write(bytes);
        return bytes;
    }

    private byte[] Bytes(long time)
    {
        if (_json) return Encoding.ASCII.GetBytes(time.ToString(CultureInfo.InvariantCulture));
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, time);
        return bytes;
    }

    private int Find(int from, byte[] bytes)
    {
        var at = _buffer.AsSpan(from).IndexOf(bytes);
        return at >= 0 ? from + at : throw new InvalidOperationException("The request does not hold what it was made of.");
    }

    // splitmix64: ids that look drawn at random, as those of every SDK.
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
