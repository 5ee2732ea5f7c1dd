using System.Text;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.GraphQL.Execution;
using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;
using Plumbline.GraphQL.Validation;

namespace Plumbline.Benchmarks.GraphQL;

/// <summary>The engine's steps, without a transport: the product's trace list for reading and checking, rows in memory for running.</summary>
[MemoryDiagnoser]
public class EngineBenchmarks
{
    private static readonly ParseLimits Limits = new(20_000, 128);

    private readonly byte[] _document = Fixture("trace-list.graphql");
    private readonly Schema _product = SchemaBuilder.Build([Encoding.UTF8.GetString(Fixture("schema.graphql"))]);
    private ServiceProvider _services = null!;
    private GraphQLEngine _engine = null!;
    private DocumentNode _parsed = null!;

    [GlobalSetup]
    public void Setup()
    {
        _services = TraceList.Services();
        _engine = TraceList.Engine(_services);
        _parsed = (DocumentNode)Parse();
        _engine.Prepare(TraceList.Page);
    }

    [GlobalCleanup]
    public void Cleanup() => _services.Dispose();

    [Benchmark]
    public object Parse() => Parser.Parse(_document, Limits);

    [Benchmark]
    public object Validate() => DocumentValidator.Validate(_product, _parsed, 50);

    [Benchmark]
    public object ParseAndValidate() => DocumentValidator.Validate(_product, Parser.Parse(_document, Limits), 50);

    [Benchmark]
    public object Cached() => _engine.Prepare(TraceList.Page);

    /// <summary>From the document's bytes to 50 rows of JSON.</summary>
    [Benchmark]
    public int Execute() => Execution.Run(_engine, _services, first: 50, after: null);

    /// <summary>A page of the export.</summary>
    [Benchmark]
    public int ExecutePageOf500() => Execution.Run(_engine, _services, TraceList.ExportPage, "NDk5OTk");

    internal static byte[] Fixture(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", name));
}
