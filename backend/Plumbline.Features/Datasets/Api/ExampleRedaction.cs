using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Projects;

namespace Plumbline.Features.Datasets.Api;

/// <summary>An example as it may be written. One that comes from a span is redacted anew: rules may have been added since the span came.</summary>
internal static class ExampleRedaction
{
    public static DatasetContent Show(this IContentRules rules, DatasetContent content) => content with
    {
        InputsJson = rules.Json(content.InputsJson),
        Output = rules.Text(content.Output),
        Expected = rules.Text(content.Expected),
        Reasoning = rules.Text(content.Reasoning),
        MetadataJson = rules.Json(content.MetadataJson),
    };
}
