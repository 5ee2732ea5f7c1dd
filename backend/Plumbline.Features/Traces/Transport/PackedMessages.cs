using System.IO.Compression;
using Grpc.Net.Compression;

namespace Plumbline.Features.Traces.Transport;

/// <summary>Lets gzip messages pass as they came. The library would unpack them before anything can be asked, whole, whatever they come to, into memory that is not pooled;
/// the call unpacks its message itself, within its limit.</summary>
internal sealed class PackedMessages : ICompressionProvider
{
    public string EncodingName => "gzip";

    public Stream CreateDecompressionStream(Stream stream)
    {
        GrpcMessage.TakePacked(stream);
        return Stream.Null;
    }

    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) => new GZipStream(stream, compressionLevel ?? CompressionLevel.Fastest, leaveOpen: true);
}
