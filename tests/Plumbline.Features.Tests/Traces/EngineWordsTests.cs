using Plumbline.Contracts.Projects;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Traces.Shards;
using Plumbline.Otlp.Redaction;
using Plumbline.TraceStore;

namespace Plumbline.Features.Tests.Traces;

/// <summary>What the contracts and the engines call by a name each means the same on both sides of the door.</summary>
public sealed class EngineWordsTests
{
    /// <summary>They go from one side to the other by their number.</summary>
    public static TheoryData<Type, Type> CastByNumber => new()
    {
        { typeof(SpanStatus), typeof(StoredStatus) },
        { typeof(TraceOrderField), typeof(TraceSort) },
        { typeof(FacetField), typeof(GroupField) },
        { typeof(RedactionKind), typeof(RedactedKind) },
        { typeof(RedactionAction), typeof(RedactedAs) },
    };

    [Theory]
    [MemberData(nameof(CastByNumber))]
    public void Numbers_OfBothSides_AreTheSameWords(Type contract, Type engine) => Assert.Equal(Words(contract), Words(engine));

    /// <summary>Their numbers differ, since the store's are on disk.</summary>
    [Fact]
    public void Kinds_ThereAndBack_AreTheSameWords()
    {
        foreach (var kind in Enum.GetValues<SpanKind>())
        {
            Assert.Equal(kind.ToString(), Kinds.ToStore(kind).ToString());
            Assert.Equal(kind, Kinds.ToApi(Kinds.ToStore(kind)));
        }
        Assert.Equal(Enum.GetValues<SpanKind>().Length, Enum.GetValues<StoredKind>().Length);
    }

    private static IEnumerable<string> Words(Type type) =>
        Enum.GetValues(type).Cast<Enum>().Select(value => $"{value:d} {value}").Order(StringComparer.Ordinal);
}
