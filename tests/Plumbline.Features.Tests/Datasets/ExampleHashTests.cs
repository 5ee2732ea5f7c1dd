using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Datasets.State;

namespace Plumbline.Features.Tests.Datasets;

/// <summary>Hashes that are on disk: what was the same example, or the same version, stays it.</summary>
public sealed class ExampleHashTests
{
    [Theory]
    [InlineData("""{ "b": [true, null], "a": 1 }""", "x", "6cb83de9291d86d2884bb2edaeca01837b3185f3a0a8946707eee1fc6b57d7c3")]
    [InlineData("""{ "z": 1.0, "a": "\u00fc<" }""", null, "94084907d3c8aae43e0dd6650bedd75f35f7a7ad57cd0f90460433474e198ea8")]
    public void DuplicateKey_OfAKnownExample_NeverChanges(string inputs, string? expected, string hash) =>
        Assert.Equal(hash, ExampleHash.DuplicateKey(new DatasetContent { InputsJson = inputs, Expected = expected }));

    [Fact]
    public void OfVersion_OfKnownExamples_NeverChanges()
    {
        var whole = new DatasetContent
        {
            InputsJson =
                """{"a":1}""",
            Output = "out",
            Expected = "exp",
            Label = Label.Pass,
            Reasoning = "why",
            Split = "test",
            MetadataJson = """{ "k": "v" }""",
        };
        var bare = new DatasetContent { InputsJson = "\"two\"" };
        Assert.Equal("a5daad6389d5dc71dbdbff0e67550d7d974559643ec1347d05a715dedc8006fa", ExampleHash.OfVersion([whole, bare]));
        Assert.Equal("a5daad6389d5dc71dbdbff0e67550d7d974559643ec1347d05a715dedc8006fa", ExampleHash.OfVersion([bare, whole]));
    }
}
