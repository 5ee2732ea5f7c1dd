using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.GraphQL.Execution;

namespace Plumbline.Host.Tests.Api;

/// <summary>What the web application asks for is allowed with room to spare.</summary>
public sealed partial class SchemaBindingTests
{
    private const int PageSize = 100;

    [Fact]
    public void Operations_OfTheWebApplication_CostLessThanHalfOfWhatIsAllowed()
    {
        var engine = _app.Services.GetRequiredService<GraphQLEngine>();
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fixtures", "frontend"), "*.graphql", SearchOption.AllDirectories);
        Assert.True(files.Length > 10);
        var document = engine.Prepare(Encoding.UTF8.GetBytes(string.Join('\n', files.Order(StringComparer.Ordinal).Select(File.ReadAllText))));
        Assert.Empty(document.Errors);
        Assert.True(document.Operations.Length > 40);
        Assert.All(document.Operations, operation =>
        {
            var variables = operation.Variables.Where(v => v.Variable.Name.Value == "first")
                .ToDictionary(v => v.Variable.Name.Value, object? (_) => PageSize);
            var measure = engine.Measure(document, operation, variables);
            Assert.True(measure.Cost * 2 <= engine.Limits.MaxCost, $"{operation.Name.Value} costs {measure.Cost}");
            Assert.True(measure.Aliases * 2 <= engine.Limits.MaxAliases, $"{operation.Name.Value} has {measure.Aliases} aliases");
        });
    }

    [Theory]
    [InlineData("query { project(id: \"p\") { prompt(name: \"a\") { version(number: 1) { ALIASES } } } }", "diff(against: 2) { variables }")]
    [InlineData("query { project(id: \"p\") { ALIASES } }", "datasets { items(first: 500) { nodes { id } } }")]
    [InlineData("query { project(id: \"p\") { ALIASES } }", "traces(first: 500) { nodes { spans { attributes } } }")]
    public void Operations_ThatRepeatWhatIsDear_AreRefused(string query, string field)
    {
        var engine = _app.Services.GetRequiredService<GraphQLEngine>();
        var aliases = string.Join(' ', Enumerable.Range(0, 100).Select(n => $"a{n}: {field}"));
        var text = Encoding.UTF8.GetBytes(query.Replace("ALIASES", aliases, StringComparison.Ordinal));
        Assert.Null(PreparedOperation.From(engine, text, null, default, out var errors));
        Assert.Equal("QUERY_TOO_COMPLEX", Assert.Single(errors).Code);
    }
}
