using System.Text;
using Grpc.Core;
using Plumbline.Features.Traces.Transport;

namespace Plumbline.Features.Tests.Traces;

public sealed class GrpcRetryTests
{
    // Made by hand after google/rpc/status.proto, google/rpc/error_details.proto and google/protobuf/duration.proto.
    [Fact]
    public void Encode_IsAStatusWithARetryInfo()
    {
        const string Type = "type.googleapis.com/google.rpc.RetryInfo";
        byte[] duration = [0x08, 1, 0x10, 0x80, 0xCA, 0xB5, 0xEE, 0x01]; // 1 s and 500,000,000 ns
        byte[] info = [0x0A, (byte)duration.Length, .. duration];
        byte[] any = [0x0A, (byte)Type.Length, .. Encoding.ASCII.GetBytes(Type), 0x12, (byte)info.Length, .. info];
        byte[] status = [0x08, 8, 0x12, 4, .. "wait"u8, 0x1A, (byte)any.Length, .. any];
        Assert.Equal(status, GrpcRetryInfo.Encode(StatusCode.ResourceExhausted, "wait", TimeSpan.FromSeconds(1.5)));
    }
}
