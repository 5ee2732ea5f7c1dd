using System.IO.Compression;
using Grpc.Net.Compression;

namespace Plumbline.Features.Traces.Transport;

/// <summary>Lets gzip messages pass as they came, for the call to unpack. The library knows one limit for what is sent and what it unpacks to, takes a message
/// that was cut off for a shorter one, and unpacks into memory that is never used again.</summary>
internal sealed class PackedMessages : ICompressionProvider
{
    public string EncodingName => "gzip";

    public Stream CreateDecompressionStream(Stream stream)
    {
        GrpcMessage.TakePacked(stream);
        return Stream.Null;
    }

    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        new GZipStream(stream, compressionLevel ?? CompressionLevel.Fastest, leaveOpen: true);
}
