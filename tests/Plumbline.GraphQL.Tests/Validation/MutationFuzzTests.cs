using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.GraphQL.Execution;
using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Tests.Execution;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Tests.Validation;

/// <summary>Damaged documents never make the engine fail otherwise than by saying what is wrong. PLUMBLINE_FUZZ sets how many; a million is the soak.</summary>
public sealed class MutationFuzzTests
{
    private static readonly string Sdl = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "schema.graphql"));
    private static readonly Schema Schema = SchemaBuilder.Build([Sdl]);

    private static readonly byte[][] Seeds =
    [
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fixtures", "documents"), "*.graphql").Select(File.ReadAllBytes),
    ];

    private static GraphQLEngine Engine()
    {
        var roots = new[] { "Query", "Mutation", "Subscription" }.SelectMany(t =>
            ((ObjectType)Schema.Types[t]).Fields.Values).Select(f => f.ToString()).ToArray();
        var builder = new GraphQLBuilder().AddSchema(Sdl).NotImplemented(roots);
        return new GraphQLEngine(builder, new ServiceCollection().BuildServiceProvider(), GraphQLInstrumentsTests.Unheard(), NullLogger<ErrorMasking>.Instance);
    }

    [Fact]
    public void Prepare_MutatedDocuments_AnswersOrRefusesInBoundedMemory()
    {
        const long AllowedGrowth = 48 * 1024 * 1024; // the document cache's 16 MiB of text, parsed
        var count = int.Parse(Environment.GetEnvironmentVariable("PLUMBLINE_FUZZ") ?? "20000", CultureInfo.InvariantCulture);
        var random = new Random(20260105);
        var engine = Engine();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var refused = 0;
        for (var i = 0; i < count; i++)
        {
            var prepared = engine.Prepare(Mutate(Seeds[random.Next(Seeds.Length)], random));
            if (prepared.Errors.Count > 0) refused++;
            else Parser.Parse(Encoding.UTF8.GetBytes(Printer.Print(prepared.Document)), ParseLimits.None);
            if (i % 100_000 == 0) Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, AllowedGrowth);
        }
        Assert.InRange(refused, count / 2, count);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, AllowedGrowth);
        GC.KeepAlive(engine);
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var bytes = new List<byte>(seed);
        for (var edits = random.Next(1, 5); edits > 0; edits--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 20), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0: bytes.RemoveRange(at, length); break;
                case 1: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 2: bytes[at] = (byte)random.Next(256); break;
                case 3: bytes[at] = "{}()[]$@!:=|&.\"\\#-0e \n"u8[random.Next(22)]; break;
                default:
                    var from = random.Next(bytes.Count);
                    bytes.InsertRange(at, bytes.GetRange(from, Math.Min(length, bytes.Count - from)));
                    break;
            }
            if (bytes.Count == 0) bytes.Add((byte)'{');
        }
        return [.. bytes];
    }
}
