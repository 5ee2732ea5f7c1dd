using Plumbline.TraceStore.Blocks.Aggregates;
using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Queries;

/// <summary>The values of a facet over the spans of one segment, as small numbers with their texts. Tags are left out: a span has several.</summary>
internal abstract class GroupKeys
{
    /// <summary>How many numbers there are.</summary>
    public abstract int Count { get; }

    public abstract int this[int row] { get; }

    /// <summary>The text of a number; empty where spans have no value.</summary>
    public abstract string Text(int key);

    public static GroupKeys Of(GroupField field, SegmentView view) => field switch
    {
        GroupField.Kind => new ByteKeys<StoredKind>(view, ByteField.Kind, Enum.GetNames<StoredKind>().Length),
        GroupField.Status => new ByteKeys<StoredStatus>(view, ByteField.Status, 3),
        GroupField.PromptVersion => new VersionKeys(view),
        _ => new CodeKeys(view.Column(CodeOf(field))),
    };

    /// <summary>The same numbers for the groups of a block's sums, which take the place of rows.</summary>
    /// <param name="field">One that the sums are kept by.</param>
    /// <param name="sums">The sums.</param>
    /// <param name="values">The block's dictionary of the field; not looked at for kinds.</param>
    public static GroupKeys Of(GroupField field, BlockAggregates sums, Utf8Dictionary values) =>
        field == GroupField.Kind ? new KindKeys(sums.Kinds) : new CodeKeys(new CodeColumn(sums.Codes(CodeOf(field)), sums.Groups, values));

    /// <summary>The columns that grouping by a field looks at.</summary>
    public static void Fields(GroupField field, ref FieldSet fields)
    {
        if (field == GroupField.Kind) fields.Add(ByteField.Kind);
        else if (field == GroupField.Status) fields.Add(ByteField.Status);
        else if (field == GroupField.PromptVersion)
        {
            fields.Add(CodeField.Prompt);
            fields.Add(CodeField.PromptVersion);
        }
        else fields.Add(CodeOf(field));
    }

    /// <summary>The column of the same name; none for kinds and statuses.</summary>
    public static CodeField CodeOf(GroupField field) => Codes[(int)field] ?? throw new InvalidQueryException("This field is not known.");

    private static readonly CodeField?[] Codes =
    [
        .. Enum.GetValues<GroupField>().Select(f => f == GroupField.Tag ? nameof(CodeField.Tags) : $"{f}")
            .Select(name => Enum.TryParse<CodeField>(name, out var code) ? code : (CodeField?)null),
    ];

    private sealed class CodeKeys(CodeColumn column) : GroupKeys
    {
        private readonly int _empty = column.Values.Find(default);

        public override int Count => column.Values.Count;

        // An empty text and an absent one are one group.
        public override int this[int row] => column[row] is var code && code == _empty ? 0 : code;

        public override string Text(int key) => column.Values.Text(key) ?? "";
    }

    private sealed class ByteKeys<T>(SegmentView view, ByteField field, int count) : GroupKeys where T : struct, Enum
    {
        public override int Count => count;

        public override int this[int row] => view.Column(field)[row];

        public override string Text(int key) => Enum.GetName(typeof(T), (byte)key)!.ToUpperInvariant();
    }

    private sealed class KindKeys(byte[] kinds) : GroupKeys
    {
        public override int Count => Enum.GetNames<StoredKind>().Length;

        public override int this[int row] => kinds[row];

        public override string Text(int key) => Enum.GetName((StoredKind)key)!.ToUpperInvariant();
    }

    private sealed class VersionKeys : GroupKeys
    {
        private readonly int[] _keys;
        private readonly List<string> _texts = [""];

        public VersionKeys(SegmentView view)
        {
            var prompts = view.Column(CodeField.Prompt);
            var versions = view.Column(CodeField.PromptVersion);
            var known = new Dictionary<(int, int), int>();
            _keys = new int[view.Spans];
            for (var row = 0; row < _keys.Length; row++)
            {
                var pair = (prompts[row], versions[row]);
                if (pair.Item1 == 0 || pair.Item2 == 0) continue;
                if (!known.TryGetValue(pair, out _keys[row]))
                    known[pair] = _keys[row] = Key($"{prompts.Values.Text(pair.Item1)}@{versions.Values.Text(pair.Item2)}");
            }
        }

        private int Key(string text)
        {
            var key = _texts.IndexOf(text);
            if (key >= 0) return key;
            _texts.Add(text);
            return _texts.Count - 1;
        }

        public override int Count => _texts.Count;

        public override int this[int row] => _keys[row];

        public override string Text(int key) => _texts[key];
    }
}
