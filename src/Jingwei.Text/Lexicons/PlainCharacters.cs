namespace Jingwei.Text.Lexicons;

/// <summary>
/// One form for what is written in several: full-width letters, digits and signs as half-width ones, the commonest traditional
/// characters as simplified ones. One character stays one character, so that offsets stay right.
/// </summary>
internal static class PlainCharacters
{
    // Pairs: traditional, simplified.
    private const string Traditional =
        "發发生生縣县國国東东車车門门馬马員员過过這这個个們们來来時时間间場场電电話话現现區区鄉乡鎮镇廠厂廣广條条樓楼橋桥隊队醫医傷伤亡亡災灾震震撃击擊击報报" +
        "導导據据說说訊讯記记當当處处後后從从為为與与將将對对開开關关問问題题長长張张陳陈劉刘楊杨黃黄趙赵吳吴孫孙馮冯鄭郑許许蕭萧葉叶餘余陸陆龍龙萬万億亿兩两" +
        "雙双餐餐學学園园聯联絡络網网華华陽阳陰阴島岛灣湾灘滩溝沟潭潭滬沪寧宁蘇苏遼辽貴贵雲云瓊琼慶庆漢汉濟济連连營营錦锦鄂鄂魯鲁湧涌澤泽濱滨瀋沈臺台台台澳澳" +
        "鐵铁鋼钢銀银錢钱機机關关體体質质資资產产業业務务動动勞劳險险驗验檢检測测調调查查證证護护衛卫衝冲術术裝装製制複复觀观視视覺觉規规親亲見见貨货費费買买賣卖" +
        "車车軍军輛辆轉转運运達达還还進进遠远違违選选邊边鄰邻酒酒釋释鍾钟鎖锁鏡镜閉闭閃闪陣阵際际隨随難难離离電电靜静項项順顺頭头領领頻频顯显風风飛飞飯饭館馆駕驾" +
        "駛驶騎骑驚惊體体髮发鬥斗魚鱼鳥鸟鹽盐麵面黨党齊齐點点殘残毀毁燒烧煙烟熱热燃燃爆爆爐炉牆墙獲获環环療疗瘋疯瘡疮癥症確确碼码禮礼種种稱称穩稳窮穷竊窃節节範范築筑" +
        "糧粮純纯級级細细終终組组結结給给統统經经綠绿維维線线編编緩缓緊紧縱纵總总績绩繼继續续罰罚罷罢羅罗義义習习聖圣聞闻聲声職职聽听腦脑腫肿腳脚臨临興兴舊旧艱艰藝艺藥药" +
        "蘭兰號号蟲虫補补襲袭討讨訓训訪访設设評评詞词試试詳详認认語语誤误請请談谈論论諾诺謀谋謝谢識识警警議议譯译讀读變变讓让負负財财責责賀贺賊贼賓宾賠赔購购贏赢趕赶跡迹踐践" +
        "軌轨軟软較较載载輕轻輝辉輪轮輸输轄辖轟轰辦办農农迴回週周遊游遞递適适遲迟遷迁遺遗郵邮醬酱釀酿針针釣钓鈔钞錄录錯错鍋锅鏈链鑑鉴閱阅闆板闊阔陝陕階阶雜杂霧雾靈灵響响頂顶須须" +
        "預预頒颁額额類类顧顾飲饮飽饱養养驅驱驟骤鬆松鮮鲜鷹鹰麗丽黴霉價价優优儀仪億亿償偿儲储兒儿內内冊册凍冻凱凯別别刪删劃划劇剧劑剂動动勝胜勢势勵励勳勋匯汇協协單单卻却厭厌參参" +
        "吳吴員员唸念問问啟启啞哑單单喪丧嗎吗嘆叹嘗尝嚇吓嚴严囑嘱圍围圓圆圖图團团執执堅坚報报塊块塗涂墜坠墮堕墳坟壓压壞坏壩坝壯壮壽寿夠够夢梦奪夺奮奋婦妇媽妈學学寢寝實实審审寫写寬宽" +
        "寶宝將将尋寻屍尸屆届層层屬属岡冈峽峡崗岗嶺岭巖岩幣币帶带幫帮幾几庫库廢废廳厅彈弹強强彌弥彙汇後后徑径從从徵征德德恆恒惡恶惱恼愛爱態态慘惨慣惯慮虑憂忧憑凭應应懷怀懸悬戰战戲戏戶户" +
        "拋抛掃扫掛挂採采揚扬換换揮挥損损搖摇搶抢撈捞撥拨撲扑擁拥擇择擋挡擔担據据擠挤擬拟擴扩攔拦攜携攝摄敗败數数敵敌斃毙斷断於于昇升晝昼暈晕暫暂書书會会棄弃楓枫榮荣構构槍枪槳桨樁桩樂乐" +
        "標标樣样樹树橫横檔档欄栏權权歐欧歡欢歲岁歷历歸归殺杀殼壳毒毒氣气汙污決决沒没況况洩泄淚泪淨净淺浅渾浑減减溫温滅灭滾滚滿满漁渔漲涨漸渐潛潜潑泼潔洁潰溃澇涝濃浓濕湿瀉泻灑洒為为無无";

    private static readonly char[] Table = Build();

    internal static char Of(char character) => Table[character];

    internal static void Of(ReadOnlySpan<char> text, Span<char> plain)
    {
        for (var i = 0; i < text.Length; i++)
        {
            plain[i] = Table[text[i]];
        }
    }

    internal static string Of(string text) => string.Create(text.Length, text, (plain, from) => Of(from, plain));

    private static char[] Build()
    {
        var table = new char[char.MaxValue + 1];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = (char)i;
        }

        // Full-width forms of ASCII; U+FF0C and the like stay, because half-width commas mean other things in numbers.
        for (var wide = '\uFF01'; wide <= '\uFF5E'; wide++)
        {
            table[wide] = wide is '，' or '：' or '；' or '！' or '？' or '（' or '）' ? wide : (char)(wide - 0xFEE0);
        }

        table['（'] = '(';
        table['）'] = ')';
        table['\u3000'] = ' ';
        for (var i = 0; i < Traditional.Length; i += 2)
        {
            table[Traditional[i]] = Traditional[i + 1];
        }

        return table;
    }
}
