using System.Text.RegularExpressions;
using Plumbline.Host.Tests.Isolation;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>The changes of the schema as the readers try them: whatever they are answered, it is the same in both worlds. A mutation that is neither
/// here nor among those left out fails the proof, so that a new one is thought about: one line either way.</summary>
internal static partial class Changes
{
    private const string AllWorlds = "It changes what all worlds share.";
    private const string Lifts = "It lifts what the reader is blinded to, rightly.";

    /// <summary>The input, where «kind» stands for everything of that kind in turn.</summary>
    private static readonly Dictionary<string, string> Asked = new()
    {
        ["updateProjectSettings"] = "projectId: \"«prj»\", retentionDays: 400",
        ["savePromptVersion"] = "projectId: \"«prj»\", promptName: \"refund\", content: { messages: [{ role: SYSTEM, template: \"New.\" }] }",
        ["setPromptLabel"] = "promptId: \"«prompt»\", label: \"night\", number: 1",
        ["archivePrompt"] = "id: \"«prompt»\"",
        ["restorePrompt"] = "id: \"«prompt»\"",
        ["updateReviewQueue"] = "id: \"«queue»\", instructions: \"Is it?\"",
        ["addToReviewQueue"] = "queueId: \"«queue»\", traceIds: [\"«trace»\"]",
        ["joinReviewQueue"] = "queueId: \"«queue»\"",
        ["claimNextReview"] = "queueId: \"«queue»\"",
        ["skipReview"] = "assignmentId: \"«asg»\", reason: \"Later.\"",
        ["undoReview"] = "id: \"«rev»\"",
        ["reviseReview"] = "reviewId: \"«rev»\", label: PASS",
        ["adjudicate"] = "itemId: \"«item»\", label: PASS, reasoning: \"x\"",
        ["requestExtraReview"] = "id: \"«item»\"",
        ["addComment"] = "projectId: \"«prj»\", traceId: \"«trace»\", body: \"x\"",
        ["updateComment"] = "id: \"«cmt»\", body: \"x\"",
        ["resolveComment"] = "id: \"«cmt»\"",
        ["deleteComment"] = "id: \"«cmt»\"",
        ["saveModelProvider"] = "projectId: \"«prj»\", id: \"«mp»\", name: \"House\", kind: OPENAI",
        ["cancelPlaygroundRun"] = "id: \"«run»\"",
        ["createDataset"] = "projectId: \"«prj»\", name: \"mine\"",
        ["addToDataset"] = "datasetId: \"«ds»\", fromQueue: { queueId: \"«queue»\" }",
        ["updateDatasetItem"] = "id: \"«dsi»\", split: \"mine\"",
        ["removeDatasetItems"] = "datasetId: \"«ds»\", itemIds: [\"«dsi»\"]",
        ["snapshotDataset"] = "datasetId: \"«ds»\", note: \"Mine.\"",
    };

    /// <summary>More inputs of the same mutations.</summary>
    private static readonly (string Mutation, string Input)[] AskedToo =
    [
        ("addToReviewQueue", "queueId: \"«queue»\", spanIds: [\"«span»\"]"),
        ("addToReviewQueue", "queueId: \"«queue»\", where: { model: { eq: \"MODEL\" } }"),
        ("addToDataset", "datasetId: \"«ds»\", spanIds: [\"«span»\"]"),
        ("addToDataset", "datasetId: \"«ds»\", fromQueue: { queueId: \"«queue»\", label: FAIL }"),
        // A duplicate would say that the guess of what an example expects is right.
        ("addToDataset", "datasetId: \"«ds»\", items: [{ inputs: { messages: [{ role: \"user\", parts: [{ type: \"text\", content: \"It is NAME.\" }] }] }, "
            + "expected: \"A better answer.\" }]"),
        ("addToDataset", "datasetId: \"«ds»\", items: [{ inputs: { messages: [{ role: \"user\", parts: [{ type: \"text\", content: \"It is NAME.\" }] }] } }]"),
    ];

    public static IReadOnlyDictionary<string, string> LeftOut { get; } = new Dictionary<string, string>
    {
        ["createOrganization"] = AllWorlds,
        ["inviteMember"] = AllWorlds,
        ["acceptInvitation"] = AllWorlds,
        ["revokeInvitation"] = AllWorlds,
        ["requestToJoin"] = AllWorlds,
        ["confirmJoinRequest"] = AllWorlds,
        ["declineJoinRequest"] = AllWorlds,
        ["setMemberRole"] = AllWorlds,
        ["clearProjectRole"] = AllWorlds,
        ["removeMember"] = AllWorlds,
        ["saveSsoConnection"] = AllWorlds,
        ["deleteSsoConnection"] = AllWorlds,
        ["saveModelPrice"] = AllWorlds,
        ["createProject"] = AllWorlds,
        ["createApiKey"] = "Keys of the readers ask besides them.",
        ["revokeApiKey"] = "It would end the keys that ask.",
        ["loadSampleProject"] = "It adds traces of its own, with ids drawn at random.",
        ["deleteModelProvider"] = "It says nothing of traces or reviews.",
        ["startPlaygroundRun"] = "It adds a trace with an id drawn at random.",
        ["createReviewQueue"] = "A queue of one's own has no items yet.",
        ["closeReviewQueue"] = Lifts,
        ["deleteReviewQueue"] = Lifts,
        ["submitReview"] = Lifts,
        ["finishReview"] = Lifts,
        ["leaveReviewQueue"] = Lifts,
        ["revealItem"] = Lifts,
        ["eraseData"] = "It is asked last, for the worlds are poorer then.",
    };

    /// <summary>The mutations that are asked.</summary>
    public static IEnumerable<string> Covered => Asked.Keys;

    public static IEnumerable<Question> Of(ApiSchema schema, Values values, Plan plan)
    {
        var selections = new Selections(schema, values);
        foreach (var field in schema.Fields("Mutation"))
        {
            var inputs = AskedToo.Where(a => a.Mutation == field.Name).Select(a => a.Input);
            if (Asked.TryGetValue(field.Name, out var input)) inputs = inputs.Prepend(input);
            foreach (var given in inputs.SelectMany(i => Filled(i, values, plan)))
            {
                var draw = new Draw(plan.Seed, field.Name, given);
                yield return new Question(
                    field.ToString(),
                    $"mutation {{ {field.Name}(input: {{ {given} }}) {{ {selections.Drawn(field.Type.Name, draw, 3)} }} }}");
            }
        }
    }

    /// <summary>An erasure of a trace that the readers are to judge.</summary>
    public static Question Erasure(Plan plan)
    {
        // Not how many spans it was: whoever erases them is told what is gone, and there is nothing left to judge.
        const string counts = "erasedReviewItems erasedDatasetItems erasedComments erasedPlaygroundRuns unreadableBlocks";
        var traceId = plan.Traces.First(t => t.Sight == Sight.Hidden).TraceId;
        return new Question("Mutation.eraseData", $"mutation {{ eraseData(input: {{ projectId: \"«prj»\", traceId: \"{traceId}\" }}) {{ {counts} }} }}");
    }

    private static IEnumerable<string> Filled(string input, Values values, Plan plan)
    {
        if (input.Contains("NAME", StringComparison.Ordinal))
            return plan.Traces.SelectMany(t => Filled(input.Replace("NAME", t.Name, StringComparison.Ordinal), values, plan));
        if (input.Contains("MODEL", StringComparison.Ordinal))
            return plan.Traces.Select(t => t.Second.Model).Distinct().SelectMany(m =>
                Filled(input.Replace("MODEL", m, StringComparison.Ordinal), values, plan));
        var open = Kind().Match(input);
        if (!open.Success) return [input];
        return values.Named(open.Groups["kind"].Value).SelectMany(n =>
            Filled(input.Remove(open.Index, open.Length).Insert(open.Index, $"« {n}»"), values, plan))
            .Select(filled => filled.Replace("« ", "«", StringComparison.Ordinal));
    }

    [GeneratedRegex("«(?<kind>[a-z]+)»", RegexOptions.None, 1000)]
    private static partial Regex Kind();
}
