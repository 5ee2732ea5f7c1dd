using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.GraphQL.Execution;
using Plumbline.GraphQL.Tests.Execution;

namespace Plumbline.GraphQL.Tests.Validation;

public sealed class BombTests
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddSingleton<Library.LoadCounter>().BuildServiceProvider();

    private static GraphQLEngine Engine()
    {
        var builder = new GraphQLBuilder();
        Library.Configure(builder);
        return new GraphQLEngine(builder, Services, GraphQLInstrumentsTests.Unheard(), NullLogger<ErrorMasking>.Instance);
    }

    public static TheoryData<string, string> Bombs => new()
    {
        { "GRAPHQL_PARSE_FAILED", string.Concat(Enumerable.Repeat("{ books ", 5_000)) },
        { "GRAPHQL_PARSE_FAILED", "{ echo(text: " + new string('[', 100_000) },
        { "GRAPHQL_PARSE_FAILED", "{ echo(text: \"" + new string('a', 900_000) },
        { "GRAPHQL_PARSE_FAILED", "query (" + string.Concat(Enumerable.Range(0, 9_000).Select(i => $"$v{i}: Int ")) + ") { echo }" },
        { "QUERY_TOO_COMPLEX", "{ " + string.Concat(Enumerable.Range(0, 4_000).Select(i => $"a{i}: echo ")) + "}" },
        { "QUERY_TOO_COMPLEX", "{ books " + string.Concat(Enumerable.Repeat("{ related ", 60)) + "{ id }" + new string('}', 61) },
        {
            "QUERY_TOO_COMPLEX",
            "{ books { ...F0 } } " + string.Concat(Enumerable.Range(0, 60).Select(i =>
                $"fragment F{i} on Book {{ a: related {{ ...F{i + 1} }} b: related {{ ...F{i + 1} }} }} ")) + "fragment F60 on Book { id }"
        },
        { "GRAPHQL_VALIDATION_FAILED", "{ books { ...A } } fragment A on Book { ...B } fragment B on Book { ...A }" },
        { "GRAPHQL_VALIDATION_FAILED", "{ books { " + string.Concat(Enumerable.Range(0, 3_000).Select(i => $"...F{i} ")) + "} } " },
        { "GRAPHQL_VALIDATION_FAILED", "{ books { " + string.Concat(Enumerable.Repeat("related { id related { id } } ", 2_000)) + "} }" },
        {
            "GRAPHQL_VALIDATION_FAILED",
            "{ " + string.Concat(Enumerable.Range(0, 49).Select(i => $"unknown{i} ")) + "books { " + string.Concat(Enumerable.Range(0, 5_000)
                .Select(i => $"nope{i} ")) + "} }"
        },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Prepare_Bomb_IsRefusedWithItsCode(string code, string document)
    {
        var engine = Engine();
        var prepared = engine.Prepare(Encoding.UTF8.GetBytes(document));
        Assert.Equal(code, prepared.Errors[0].Code);
        Assert.InRange(prepared.Errors.Count, 1, engine.Limits.MaxValidationErrors + 1);
    }

    [Fact]
    public void Cost_NestedPages_IsTheDocumentedFormula()
    {
        var engine = Engine();
        var operation = PreparedOperation.From(engine, "{ books { id related { id author { id } } } }"u8.ToArray(), null, default, out _)!;
        Assert.Equal(1 + 10 * (1 + 10 * (1 + 0)), operation.Measure.Cost);
        Assert.Equal(4, operation.Measure.Depth);
    }

    [Fact]
    public void Cost_AboveTheLimit_IsRefused()
    {
        var document = "{ books { " + string.Concat(Enumerable.Repeat("related { ", 8)) + "id" + new string('}', 10);
        Assert.Null(PreparedOperation.From(Engine(), Encoding.UTF8.GetBytes(document), null, default, out var errors));
        Assert.Equal("QUERY_TOO_COMPLEX", errors[0].Code);
    }

    [Fact]
    public void Prepare_ManyDocuments_KeepsTheCacheBounded()
    {
        var cache = new DocumentCache(100, 1_000_000);
        var engine = Engine();
        for (var i = 0; i < 1_000; i++)
        {
            var text = Encoding.UTF8.GetBytes($"{{ a{i}: echo }}");
            cache.Add(new DocumentText(text), engine.Prepare(text));
        }
        Assert.InRange(cache.Count, 1, 102);
    }
}
