using Plumbline.Otlp.Tests.Captured;
using Plumbline.Otlp.Tests.Wire;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Tests.Remapping;

/// <summary>The same for requests that no library would send: captured ones with damage, and values of every type under the names that mean
/// something.</summary>
public sealed class RandomRemapTests
{
    private const int Largest = 24_000;
    private static readonly int Bodies = int.TryParse(
        Environment.GetEnvironmentVariable("PLUMBLINE_REMAPS"), System.Globalization.CultureInfo.InvariantCulture, out var wanted)
        ? wanted
        : 1_500;

    [Theory]
    [InlineData(OtlpEncoding.Protobuf)]
    [InlineData(OtlpEncoding.Json)]
    public void DamagedRequest_IsMappedAnewAsItWasMapped(OtlpEncoding encoding)
    {
        var bodies = Captures.Entries.SelectMany(Captures.Bodies).Where(b => b.Encoding == encoding && b.Signal == OtlpSignal.Traces
            && b.Bytes.Length is > 0 and < Largest).ToArray();
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var i = 0; i < Bodies; i++) Check(seed, MutatedBody.Of(bodies[random.Next(bodies.Length)].Bytes, random), encoding, Captures.Limits, random);
    }

    [Fact]
    public void RequestOfAnyValues_IsMappedAnewAsItWasMapped()
    {
        var seed = Random.Shared.Next();
        var random = new RandomRequest(seed);
        var limits = new OtlpLimits { MaxAttributes = 12, MaxAttributeBytes = 200, MaxEvents = 3 };
        for (var i = 0; i < Bodies; i++) Check(seed, random.Next(), OtlpEncoding.Protobuf, limits, random.Random);
    }

    private static void Check(int seed, byte[] body, OtlpEncoding encoding, OtlpLimits limits, Random random)
    {
        var settings = RemapTests.AllSettings[random.Next(RemapTests.AllSettings.Length)];
        try
        {
            var stored = RemapTests.Taken(() => new SpanMapper(limits).MapTraces(body, encoding, settings));
            var today = stored.ToRecords();
            var older = SpanBatch.Of([.. today.Select(s => Remapped.ByAnOlderMapping(s, random.Next(2) == 0))]);
            Remapped.AssertSame(today, Remapped.Of(stored, settings.Prices));
            Remapped.AssertSame(today, Remapped.Of(older, settings.Prices));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Assert.Fail($"seed {seed}, body {Convert.ToBase64String(body)}: {e}");
        }
    }
}
